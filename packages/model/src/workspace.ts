import { z } from 'zod';
import { personCaps } from './campaign.ts';
import { referrerRule } from './channel.ts';
import { eventMatch } from './event-match.ts';
import { locale } from './locale.ts';
import { privacySettings } from './privacy-settings.ts';

/** Colours and fonts of everything shown, as CSS values checked against a narrow grammar. */
export const brandTokens = z.strictObject({
  primary: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#1a1a2e'),
  onPrimary: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#ffffff'),
  surface: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#ffffff'),
  onSurface: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#1a1a1a'),
  radiusPx: z.number().int().min(0).max(40).default(12),
  fontFamily: z
    .string()
    .max(200)
    .regex(/^[\p{L}\p{N} ,'"-]*$/u)
    .default('inherit'),
});
export type BrandTokens = z.infer<typeof brandTokens>;

/** Which events mark the steps of the shop's own funnel. */
export const milestones = z.strictObject({
  memberBenefitPage: eventMatch.default({
    type: 'page',
    where: [{ path: 'page.category', test: { op: 'is', value: 'member-benefits' } }],
  }),
  signUpFormPage: eventMatch.default({
    type: 'page',
    where: [{ path: 'page.category', test: { op: 'is', value: 'sign-up' } }],
  }),
  signUp: eventMatch.default({ type: 'track', name: 'Signed Up' }),
});
export type Milestones = z.infer<typeof milestones>;

export const workspaceSettings = z.strictObject({
  name: z.string().min(1).max(100),
  timeZone: z.string().max(64).default('Asia/Seoul').describe('IANA name'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('KRW'),
  locale: locale.default('ko'),
  brand: brandTokens.prefault({}),
  personCaps: personCaps
    .default({ session: 5, day: 8, week: 20 })
    .describe('Messages a person may get over all campaigns'),
  reservationMinutes: z
    .number()
    .int()
    .min(1)
    .max(120)
    .default(10)
    .describe('How long a message that was decided but not yet seen holds its place in the caps'),
  referrerRules: z.array(referrerRule).max(200).default([]),
  internalHosts: z
    .array(z.string().max(253))
    .max(50)
    .default([])
    .describe("The shop's own hosts and its payment pages, whose referrals start no new visit"),
  takeOverDataLayer: z.boolean().default(true),
  identity: z
    .enum(['unsigned', 'signed'])
    .default('unsigned')
    .describe(
      'signed: a userId counts only with a signature of it (context.userHash) or from a server with an API key; without one the event is the browser’s alone. unsigned: every userId counts, also a guessed one',
    ),
  milestones: milestones.prefault({}),
  privacy: privacySettings.prefault({}),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;
