import { z } from 'zod';

/** Ids a person types or sees: lower-case words joined by hyphens, 1 to 64 characters. */
const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'use 1 to 64 of a-z, 0-9, hyphen and underscore');

export const workspaceId = slug.brand('WorkspaceId');
export type WorkspaceId = z.infer<typeof workspaceId>;

export const campaignId = slug.brand('CampaignId');
export type CampaignId = z.infer<typeof campaignId>;

export const segmentId = slug.brand('SegmentId');
export type SegmentId = z.infer<typeof segmentId>;

export const variableId = slug.brand('VariableId');
export type VariableId = z.infer<typeof variableId>;

export const attributeId = slug.brand('AttributeId');
export type AttributeId = z.infer<typeof attributeId>;

export const listId = slug.brand('ListId');
export type ListId = z.infer<typeof listId>;

export const variantId = slug.brand('VariantId');
export type VariantId = z.infer<typeof variantId>;

/** 26 characters of Crockford base 32 in lower case; derived from a person's first identifier. */
export const profileId = z
  .string()
  .regex(/^[0-9a-z]{26}$/)
  .brand('ProfileId');
export type ProfileId = z.infer<typeof profileId>;

/** Segment's limit: 100 characters. */
export const messageId = z.string().min(1).max(100).brand('MessageId');
export type MessageId = z.infer<typeof messageId>;

/** 16 hexadecimal digits, a hash of the message, the person and the campaign. */
export const decisionId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand('DecisionId');
export type DecisionId = z.infer<typeof decisionId>;

/** Names one visit of one device: the device's hash and the visit's start in ms, base 36. */
export const sessionId = z.string().min(1).max(64).brand('SessionId');
export type SessionId = z.infer<typeof sessionId>;
