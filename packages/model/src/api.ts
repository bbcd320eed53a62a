import { z } from 'zod';
import { attribute } from './attribute.ts';
import { auditEntry } from './audit.ts';
import { campaign, campaignStatus } from './campaign.ts';
import { cellPeopleReply, cellPeopleRequest, cellsReply, cellsRequest } from './cells.ts';
import { consentRecord, consentUpdate, currentConsent } from './consent-record.ts';
import { decisionTrace } from './decision.ts';
import { erasure } from './erasure.ts';
import { explanation } from './explanation.ts';
import { campaignId, listId, messageId, segmentId } from './ids.ts';
import { isoTime } from './iso-time.ts';
import { json } from './json-schema.ts';
import { listUploadReport, mostListBytes, peopleList } from './list.ts';
import { type Permission, role, scope } from './permission.ts';
import { presetLibrary } from './preset.ts';
import { campaignReport, shopReport } from './report.ts';
import { segment } from './segment.ts';
import { consoleSession, email, newPassword, self, user } from './user.ts';
import { variable } from './variable.ts';
import { workspaceSettings } from './workspace.ts';

/**
 * The administration API, route by route. The server validates with these schemas, the OpenAPI
 * document is generated from them, and the console's client is typed by them.
 */

const pageSize = z.coerce.number().int().min(1).max(200).default(50);
const periodQuery = z.strictObject({
  from: isoTime.optional().describe('Included; 30 days before `to` unless given'),
  to: isoTime.optional().describe('Excluded; now unless given'),
});

/** As browsers send it: `https://shop.example`, with the port where it is not the usual one. */
export const webOrigin = z
  .url({ protocol: /^https?$/, error: 'give an origin such as https://shop.example' })
  .max(300)
  .regex(
    /^(?!http:.*:80$|https:.*:443$)https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/,
    'give the origin alone, without a path',
  );

export const apiKey = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['write_key', 'api_key']),
  prefix: z.string().describe('First characters, to tell keys apart'),
  scopes: z.array(scope),
  origins: z.array(webOrigin).describe('Of a write key: pages that may use it; empty for any'),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
  previousUntil: isoTime
    .nullable()
    .describe('Until when the secret from before the last rotation still works'),
});
export type ApiKey = z.infer<typeof apiKey>;

export const personSummary = z.strictObject({
  profileId: z.string(),
  userId: z.string().nullable(),
  anonymousIds: z.array(z.string()),
  name: z.string().nullable(),
  email: z.string().nullable(),
  firstSeenAt: isoTime,
  lastSeenAt: isoTime,
  sessions: z.number().int(),
  orders: z.number().int(),
});
export type PersonSummary = z.infer<typeof personSummary>;

export const person = personSummary.extend({
  identifiers: z.array(z.strictObject({ kind: z.string(), value: z.string() })),
  traits: z.record(
    z.string(),
    z.strictObject({ value: json, at: isoTime, isVerified: z.boolean() }),
  ),
  consents: z
    .array(currentConsent)
    .describe('What the person agreed to or took back, as it stands now; by purpose'),
  segments: z.array(z.strictObject({ segmentId: z.string(), enteredAt: isoTime })),
  affinities: z.record(
    z.string(),
    z.array(z.strictObject({ key: z.string(), score: z.number(), share: z.number() })),
  ),
  orderTotals: z.record(z.string(), z.number()).describe('Minor units by currency'),
  session: z
    .strictObject({
      sessionId: z.string(),
      startedAt: isoTime,
      lastAt: isoTime,
      pages: z.number().int(),
      channel: z.string(),
      source: z.string(),
      campaign: z.string(),
      keyword: z.string(),
      landingPath: z.string(),
      landingCategory: z.string(),
      device: z.string(),
      isNewVisitor: z.boolean(),
    })
    .nullable()
    .describe('The latest over all devices'),
  cart: z
    .strictObject({
      currency: z.string(),
      totalMinor: z.number(),
      quantity: z.number(),
      items: z.array(
        z.strictObject({
          productId: z.string(),
          name: z.string(),
          quantity: z.number(),
          priceMinor: z.number(),
        }),
      ),
    })
    .nullable(),
  ledger: z.array(
    z.strictObject({
      decisionId: z.string(),
      campaignId: z.string(),
      variantId: z.string(),
      arm: z.enum(['treatment', 'holdout']),
      at: isoTime,
      state: z.enum(['reserved', 'released', 'withheld', 'seen', 'clicked', 'dismissed']),
    }),
  ),
});
export type Person = z.infer<typeof person>;

export const timelineEvent = z.strictObject({
  messageId: z.string(),
  at: isoTime,
  type: z.string(),
  name: z.string(),
  profileId: z.string(),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  sessionId: z.string(),
  channel: z.string(),
  source: z.string(),
  device: z.string(),
  isBot: z.boolean(),
  pagePath: z.string(),
  properties: z.record(z.string(), json),
  trace: decisionTrace.nullable().describe('Why each campaign was or was not shown at this event'),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const merge = z.strictObject({
  mergeId: z.string(),
  at: isoTime,
  survivorId: z.string(),
  absorbedId: z.string(),
  reason: z.string(),
  undoneAt: isoTime.nullable(),
});
export type Merge = z.infer<typeof merge>;

export const segmentBackfill = z.strictObject({
  segmentId: z.string(),
  state: z
    .enum(['counting', 'ready', 'switching', 'done', 'replaced', 'failed'])
    .describe(
      'counting: what it counts is made up from the event log, and the definition before still stands; ready: it waits to be approved; switching: it stands, and memberships follow',
    ),
  planVersion: z.number().int(),
  progress: z.number().min(0).max(1),
  people: z.number().int().describe('Of whom it is made'),
  entering: z.number().int().describe('People who come in by it, as they were counted'),
  leaving: z.number().int(),
  sample: z
    .strictObject({ entering: z.array(z.string()), leaving: z.array(z.string()) })
    .describe('Profile ids of some of them'),
  startedAt: isoTime,
  finishedAt: isoTime.nullable(),
  error: z.string().nullable(),
});
export type SegmentBackfill = z.infer<typeof segmentBackfill>;

export const personRef = z
  .string()
  .regex(/^(userId|anonymousId|profileId):.{1,255}$/, 'userId:ID, anonymousId:ID or profileId:ID');

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify style: `/api/v1/campaigns/:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /**
   * `public` needs nothing; `signed_in` a user of the console, whatever their role, and no API key; the
   * others a user or an API key with that permission.
   */
  readonly access: 'public' | 'signed_in' | Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Instead of a JSON body: text that is read as it comes in, possibly gzipped. */
  readonly upload?: { readonly mediaTypes: readonly string[]; readonly mostBytes: number };
  readonly reply: z.ZodType;
}

const byId = { params: z.strictObject({ id: z.string().min(1).max(64) }) };
const byPerson = { params: z.strictObject({ person: personRef }) };

export const routes = {
  getSession: {
    method: 'GET',
    path: '/api/v1/session',
    tag: 'Sign-in',
    summary: 'Whether a password is set and whether this browser is signed in',
    access: 'public',
    reply: z.strictObject({
      state: z.enum(['setup', 'signed_out', 'signed_in']),
      workspace: z
        .strictObject({ id: z.string(), name: z.string(), locale: z.enum(['ko', 'en']) })
        .nullable(),
      user: self.nullable(),
      hasOidc: z.boolean().describe('One may sign in through a provider, at /api/v1/session/oidc'),
    }),
  },
  setUp: {
    method: 'POST',
    path: '/api/v1/setup',
    tag: 'Sign-in',
    summary: 'Set the first owner’s password, once, and sign in',
    access: 'public',
    body: z.strictObject({ email: email.optional(), password: newPassword }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  signIn: {
    method: 'POST',
    path: '/api/v1/session',
    tag: 'Sign-in',
    summary: 'Sign in to the console',
    access: 'public',
    body: z.strictObject({
      email: email
        .optional()
        .describe('Left out by an owner who set the password without an address'),
      password: z.string().min(1).max(200),
      code: z
        .string()
        .max(40)
        .optional()
        .describe('Of the authenticator app, or a recovery code; asked for by code-needed'),
    }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  signOut: {
    method: 'DELETE',
    path: '/api/v1/session',
    tag: 'Sign-in',
    summary: 'Sign out',
    access: 'public',
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  acceptInvitation: {
    method: 'POST',
    path: '/api/v1/invitation',
    tag: 'Sign-in',
    summary: 'Set the password that a one-time link was made for, and sign in',
    access: 'public',
    body: z.strictObject({ token: z.string().min(1).max(200), password: newPassword }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  changePassword: {
    method: 'POST',
    path: '/api/v1/session/password',
    tag: 'Sign-in',
    summary: 'Change the own password; all other sessions end',
    access: 'signed_in',
    body: z.strictObject({ current: z.string().min(1).max(200), next: newPassword }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  listSessions: {
    method: 'GET',
    path: '/api/v1/sessions',
    tag: 'Sign-in',
    summary: 'Where one is signed in',
    access: 'signed_in',
    reply: z.strictObject({ sessions: z.array(consoleSession) }),
  },
  endSession: {
    method: 'DELETE',
    path: '/api/v1/sessions/:id',
    tag: 'Sign-in',
    summary: 'Sign out somewhere else',
    access: 'signed_in',
    ...byId,
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  startTotp: {
    method: 'POST',
    path: '/api/v1/session/totp',
    tag: 'Sign-in',
    summary: 'A secret for an authenticator app; it counts once a code of it was confirmed',
    access: 'signed_in',
    reply: z.strictObject({
      secret: z.string().describe('Base 32, to be typed'),
      uri: z.string().describe('otpauth:, to be scanned'),
      picture: z.string().describe('The uri as a QR code, SVG'),
    }),
  },
  confirmTotp: {
    method: 'PUT',
    path: '/api/v1/session/totp',
    tag: 'Sign-in',
    summary: 'Ask for codes of the app from now on; recovery codes are given once',
    access: 'signed_in',
    body: z.strictObject({ secret: z.string().max(64), code: z.string().max(40) }),
    reply: z.strictObject({ recoveryCodes: z.array(z.string()) }),
  },
  removeTotp: {
    method: 'DELETE',
    path: '/api/v1/session/totp',
    tag: 'Sign-in',
    summary: 'Ask for no codes any more',
    access: 'signed_in',
    body: z.strictObject({ password: z.string().min(1).max(200) }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  listUsers: {
    method: 'GET',
    path: '/api/v1/users',
    tag: 'Users',
    summary: 'Who may sign in, and as what',
    access: 'users',
    reply: z.strictObject({ users: z.array(user) }),
  },
  inviteUser: {
    method: 'POST',
    path: '/api/v1/users',
    tag: 'Users',
    summary: 'Invite somebody; the one-time link is given once and works for 72 hours',
    access: 'users',
    body: z.strictObject({ email, role }),
    reply: z.strictObject({ user, token: z.string(), path: z.string() }),
  },
  reinviteUser: {
    method: 'POST',
    path: '/api/v1/users/:id/invitation',
    tag: 'Users',
    summary: 'A new one-time link, also for who has forgotten the password or lost the app',
    access: 'users',
    ...byId,
    reply: z.strictObject({ user, token: z.string(), path: z.string() }),
  },
  setUserRole: {
    method: 'PATCH',
    path: '/api/v1/users/:id',
    tag: 'Users',
    summary: 'Give a user another role; the last owner stays one',
    access: 'users',
    ...byId,
    body: z.strictObject({ role }),
    reply: z.strictObject({ user }),
  },
  removeUser: {
    method: 'DELETE',
    path: '/api/v1/users/:id',
    tag: 'Users',
    summary: 'Take a user out and sign them out everywhere; not the last owner',
    access: 'users',
    ...byId,
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  getWorkspace: {
    method: 'GET',
    path: '/api/v1/workspace',
    tag: 'Workspace',
    summary: 'Settings, and the version of what is published',
    access: 'read',
    reply: z.strictObject({
      id: z.string(),
      planVersion: z.number().int(),
      settings: workspaceSettings,
    }),
  },
  putWorkspace: {
    method: 'PUT',
    path: '/api/v1/workspace',
    tag: 'Workspace',
    summary: 'Replace the settings',
    access: 'settings',
    body: workspaceSettings,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  checkInstallation: {
    method: 'POST',
    path: '/api/v1/installation-checks',
    tag: 'Keys',
    summary: 'Fetch a page of the shop and see whether a write key of this workspace is in it',
    access: 'write',
    body: z.strictObject({
      url: z.string().min(1).max(2_000).describe('http or https, on the public internet'),
    }),
    reply: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('installed'),
        status: z.number().int(),
        keyId: z.string().describe('The write key that was found'),
      }),
      z.strictObject({ kind: z.literal('missing'), status: z.number().int() }),
      z.strictObject({
        kind: z.literal('unreachable'),
        reason: z.enum(['timed_out', 'too_large', 'too_many_redirects', 'unreachable']),
      }),
    ]),
  },
  listKeys: {
    method: 'GET',
    path: '/api/v1/keys',
    tag: 'Keys',
    summary: 'Write keys and API keys, without their secrets',
    access: 'keys',
    reply: z.strictObject({ keys: z.array(apiKey) }),
  },
  createKey: {
    method: 'POST',
    path: '/api/v1/keys',
    tag: 'Keys',
    summary: 'Create a key; its secret is given once',
    access: 'keys',
    body: z.strictObject({
      name: z.string().min(1).max(100),
      kind: z.enum(['write_key', 'api_key']),
      scopes: z.array(scope).default(['read']),
      origins: z.array(webOrigin).max(50).default([]),
      expiresInDays: z.number().int().min(1).max(3_650).optional().describe('Never unless given'),
    }),
    reply: z.strictObject({ key: apiKey, secret: z.string() }),
  },
  changeKey: {
    method: 'PATCH',
    path: '/api/v1/keys/:id',
    tag: 'Keys',
    summary: 'Rename a key, or change which pages may use it',
    access: 'keys',
    ...byId,
    body: z.strictObject({
      name: z.string().min(1).max(100).optional(),
      origins: z.array(webOrigin).max(50).optional(),
    }),
    reply: z.strictObject({ key: apiKey }),
  },
  rotateKey: {
    method: 'POST',
    path: '/api/v1/keys/:id/rotate',
    tag: 'Keys',
    summary: 'Give a key a new secret, given once; the old one works on for a while',
    access: 'keys',
    ...byId,
    body: z.strictObject({
      graceHours: z.number().int().min(0).max(720).default(24).describe('0 ends the old one now'),
    }),
    reply: z.strictObject({ key: apiKey, secret: z.string() }),
  },
  deleteKey: {
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    tag: 'Keys',
    summary: 'Revoke a key at once',
    access: 'keys',
    ...byId,
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  listCampaigns: {
    method: 'GET',
    path: '/api/v1/campaigns',
    tag: 'Campaigns',
    summary: 'All campaigns, highest priority first, with their last 30 days',
    access: 'read',
    reply: z.strictObject({
      campaigns: z.array(
        z.strictObject({
          campaign,
          last30Days: z.strictObject({
            shown: z.number().int(),
            withheld: z.number().int(),
            seen: z.number().int(),
            clicked: z.number().int(),
          }),
        }),
      ),
    }),
  },
  getCampaign: {
    method: 'GET',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'One campaign',
    access: 'read',
    ...byId,
    reply: z.strictObject({ campaign, planVersion: z.number().int() }),
  },
  putCampaign: {
    method: 'PUT',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'Create or replace a campaign and publish it in its status',
    access: 'write',
    ...byId,
    body: campaign,
    reply: z.strictObject({ campaign, planVersion: z.number().int() }),
  },
  setCampaignStatus: {
    method: 'PATCH',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'Switch a campaign on or off',
    access: 'write',
    ...byId,
    body: z.strictObject({ status: campaignStatus }),
    reply: z.strictObject({ campaign, planVersion: z.number().int() }),
  },
  deleteCampaign: {
    method: 'DELETE',
    path: '/api/v1/campaigns/:id',
    tag: 'Campaigns',
    summary: 'Take a campaign out; its history stays in the event log',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  getCampaignReport: {
    method: 'GET',
    path: '/api/v1/campaigns/:id/report',
    tag: 'Reports',
    summary: 'People, arms, lift and sample ratio of one campaign',
    access: 'read',
    ...byId,
    query: periodQuery,
    reply: campaignReport,
  },
  listSegments: {
    method: 'GET',
    path: '/api/v1/segments',
    tag: 'Segments',
    summary: 'All segments, with how many people are in each',
    access: 'read',
    reply: z.strictObject({
      segments: z.array(
        z.strictObject({
          segment,
          people: z.number().int(),
          lag: z
            .strictObject({ lastMs: z.number(), p99Ms: z.number() })
            .nullable()
            .optional()
            .describe(
              'How long after it was due a change by time alone was stored, of late and on this server; null where there was none',
            ),
        }),
      ),
    }),
  },
  putSegment: {
    method: 'PUT',
    path: '/api/v1/segments/:id',
    tag: 'Segments',
    summary: 'Create or replace a segment',
    access: 'write',
    ...byId,
    query: z.strictObject({
      review: z
        .enum(['true', 'false'])
        .default('false')
        .describe(
          'true: the definition before stands until who comes in and goes out has been counted and approved',
        ),
    }),
    body: segment,
    reply: z.strictObject({ segment, planVersion: z.number().int() }),
  },
  getSegmentBackfill: {
    method: 'GET',
    path: '/api/v1/segments/:id/backfill',
    tag: 'Segments',
    summary:
      'How far the last change of a segment has come to everybody, and who comes in and goes out',
    access: 'read',
    ...byId,
    reply: segmentBackfill,
  },
  approveSegment: {
    method: 'POST',
    path: '/api/v1/segments/:id/backfill/approve',
    tag: 'Segments',
    summary: 'Put a counted definition in the place of the one before, at once',
    access: 'write',
    ...byId,
    reply: segmentBackfill,
  },
  dismissSegment: {
    method: 'POST',
    path: '/api/v1/segments/:id/backfill/dismiss',
    tag: 'Segments',
    summary: 'Drop a definition that has not taken the place of the one before yet',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  revertSegment: {
    method: 'POST',
    path: '/api/v1/segments/:id/revert',
    tag: 'Segments',
    summary: 'Publish the definition that stood before the present one',
    access: 'write',
    ...byId,
    reply: z.strictObject({ segment, planVersion: z.number().int() }),
  },
  deleteSegment: {
    method: 'DELETE',
    path: '/api/v1/segments/:id',
    tag: 'Segments',
    summary: 'Take a segment out; refused while a campaign or segment uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  listPresets: {
    method: 'GET',
    path: '/api/v1/presets',
    tag: 'Segments',
    summary: 'Segments that only have to be chosen, with what may be set',
    access: 'read',
    reply: presetLibrary,
  },
  listVariables: {
    method: 'GET',
    path: '/api/v1/variables',
    tag: 'Variables',
    summary: 'All variables with their levels; cuts at quantiles as they were worked out last',
    access: 'read',
    reply: z.strictObject({ variables: z.array(variable) }),
  },
  putVariable: {
    method: 'PUT',
    path: '/api/v1/variables/:id',
    tag: 'Variables',
    summary: 'Create or replace a variable; cuts at quantiles are worked out soon after',
    access: 'write',
    ...byId,
    body: variable,
    reply: z.strictObject({ variable, planVersion: z.number().int() }),
  },
  deleteVariable: {
    method: 'DELETE',
    path: '/api/v1/variables/:id',
    tag: 'Variables',
    summary: 'Take a variable out; refused while anything uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  listAttributes: {
    method: 'GET',
    path: '/api/v1/attributes',
    tag: 'Attributes',
    summary: 'All inferred attributes',
    access: 'read',
    reply: z.strictObject({ attributes: z.array(attribute) }),
  },
  putAttribute: {
    method: 'PUT',
    path: '/api/v1/attributes/:id',
    tag: 'Attributes',
    summary: 'Create or replace an inferred attribute',
    access: 'write',
    ...byId,
    body: attribute,
    reply: z.strictObject({ attribute, planVersion: z.number().int() }),
  },
  deleteAttribute: {
    method: 'DELETE',
    path: '/api/v1/attributes/:id',
    tag: 'Attributes',
    summary: 'Take an inferred attribute out; refused while anything uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  listLists: {
    method: 'GET',
    path: '/api/v1/lists',
    tag: 'Lists',
    summary: 'All uploaded lists, with how many people each names',
    access: 'read',
    reply: z.strictObject({
      lists: z.array(z.strictObject({ list: peopleList, uploadedAt: isoTime.nullable() })),
    }),
  },
  uploadList: {
    method: 'POST',
    path: '/api/v1/lists/:id/members',
    tag: 'Lists',
    summary: 'Create a list of people, or replace its members, all at once',
    access: 'write',
    params: z.strictObject({ id: listId }),
    query: z.strictObject({
      by: peopleList.shape.by,
      name: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe("In the workspace's language; the one it has, or the id, unless given"),
      column: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe(
          'CSV: the heading of the column. Unless given, a heading such as user_id or email is looked for, and a file of one column needs none',
        ),
    }),
    upload: { mediaTypes: ['text/csv', 'text/plain'], mostBytes: mostListBytes },
    reply: listUploadReport.extend({ list: peopleList, planVersion: z.number().int() }),
  },
  deleteList: {
    method: 'DELETE',
    path: '/api/v1/lists/:id',
    tag: 'Lists',
    summary: 'Take a list and its members out; refused while anything uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  listPeople: {
    method: 'GET',
    path: '/api/v1/people',
    tag: 'People',
    summary: 'Search people by id, e-mail or name; the latest first',
    access: 'read_people',
    query: z.strictObject({
      search: z.string().max(255).optional(),
      segmentId: segmentId.optional(),
      limit: pageSize,
      before: z.string().max(100).optional().describe('Cursor: `next` of the page before'),
    }),
    reply: z.strictObject({ people: z.array(personSummary), next: z.string().nullable() }),
  },
  getPerson: {
    method: 'GET',
    path: '/api/v1/people/:person',
    tag: 'People',
    summary: 'The profile of a person: userId:ID, anonymousId:ID or profileId:ID',
    access: 'read_people',
    ...byPerson,
    reply: person,
  },
  listPersonEvents: {
    method: 'GET',
    path: '/api/v1/people/:person/events',
    tag: 'People',
    summary: "A person's timeline, the latest first, each event with its decisions",
    access: 'read_people',
    ...byPerson,
    query: z.strictObject({ limit: pageSize, before: z.string().max(100).optional() }),
    reply: z.strictObject({ events: z.array(timelineEvent), next: z.string().nullable() }),
  },
  explainPerson: {
    method: 'GET',
    path: '/api/v1/people/:person/campaigns/:campaignId',
    tag: 'People',
    summary: 'Every moment at which a campaign was considered for a person, and why or why not',
    access: 'read_people',
    params: z.strictObject({ person: personRef, campaignId }),
    reply: z.strictObject({
      moments: z.array(
        z.strictObject({
          at: isoTime,
          messageId: z.string(),
          event: z.string(),
          planVersion: z.number().int(),
          outcome: decisionTrace.shape.considered.element.shape.outcome,
        }),
      ),
    }),
  },
  explainMoment: {
    method: 'GET',
    path: '/api/v1/people/:person/explain',
    tag: 'People',
    summary:
      'A past decision, made again from the event log: what each condition saw, and the smallest change that turns it',
    access: 'read_people',
    ...byPerson,
    query: z.strictObject({
      campaignId: campaignId
        .optional()
        .describe(
          'This campaign alone, at the last event that put it up; all of them unless given',
        ),
      at: isoTime
        .optional()
        .describe('The last decision up to this moment is explained; now unless given'),
      messageId: messageId.optional().describe('The decision on this event instead'),
    }),
    reply: explanation,
  },
  listPersonConsents: {
    method: 'GET',
    path: '/api/v1/people/:person/consents',
    tag: 'People',
    summary:
      'What a person agreed to and took back: what stands now, and each answer as it was given',
    access: 'read_people',
    ...byPerson,
    reply: z.strictObject({
      current: z.array(currentConsent),
      records: z.array(consentRecord).describe('The earliest first'),
    }),
  },
  addPersonConsents: {
    method: 'POST',
    path: '/api/v1/people/:person/consents',
    tag: 'People',
    summary: 'Write down what a person agreed to or took back elsewhere',
    access: 'write_people',
    ...byPerson,
    body: consentUpdate,
    reply: z.strictObject({
      current: z.array(currentConsent),
      records: z.array(consentRecord),
    }),
  },
  erasePerson: {
    method: 'DELETE',
    path: '/api/v1/people/:person',
    tag: 'Privacy',
    summary:
      'Erase a person from both stores. It begins at once; the certificate says how far it is',
    access: 'write_people',
    ...byPerson,
    reply: z.strictObject({ erasure }),
  },
  getErasure: {
    method: 'GET',
    path: '/api/v1/erasures/:id',
    tag: 'Privacy',
    summary: 'The certificate of an erasure: what was removed where, and that nothing was left',
    access: 'read_people',
    ...byId,
    reply: z.strictObject({ erasure }),
  },
  listErasures: {
    method: 'GET',
    path: '/api/v1/erasures',
    tag: 'Privacy',
    summary: 'All erasures, the latest first',
    access: 'read_people',
    query: z.strictObject({
      limit: pageSize,
      before: z.string().max(64).optional().describe('`next` of the page before'),
    }),
    reply: z.strictObject({ erasures: z.array(erasure), next: z.string().nullable() }),
  },
  listPersonMerges: {
    method: 'GET',
    path: '/api/v1/people/:person/merges',
    tag: 'People',
    summary: 'Which profiles were merged into this person, and when',
    access: 'read_people',
    ...byPerson,
    reply: z.strictObject({ merges: z.array(merge) }),
  },
  undoMerge: {
    method: 'POST',
    path: '/api/v1/merges/:id/undo',
    tag: 'People',
    summary: 'Give back both profiles of a merge',
    access: 'write_people',
    ...byId,
    reply: z.strictObject({ survivorId: z.string(), restoredId: z.string() }),
  },
  listRecentEvents: {
    method: 'GET',
    path: '/api/v1/events',
    tag: 'Events',
    summary: 'The latest events of the workspace',
    access: 'read_people',
    query: z.strictObject({ limit: pageSize }),
    reply: z.strictObject({ events: z.array(timelineEvent) }),
  },
  getShopReport: {
    method: 'GET',
    path: '/api/v1/reports/shop',
    tag: 'Reports',
    summary: "The shop's figures over a period",
    access: 'read',
    query: periodQuery,
    reply: shopReport,
  },
  exploreCells: {
    method: 'POST',
    path: '/api/v1/cells',
    tag: 'Reports',
    summary:
      'Everybody told apart by the levels of variables: size, orders, response to a campaign',
    access: 'read',
    body: cellsRequest,
    reply: cellsReply,
  },
  listCellPeople: {
    method: 'POST',
    path: '/api/v1/cells/people',
    tag: 'Reports',
    summary: 'The people of one cell, by id',
    access: 'read_people',
    body: cellPeopleRequest,
    reply: cellPeopleReply,
  },
  listAudit: {
    method: 'GET',
    path: '/api/v1/audit',
    tag: 'Privacy',
    summary: 'Who did what: every change, and every look at people’s data, the latest first',
    access: 'audit',
    query: z.strictObject({
      limit: pageSize,
      before: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
      act: z.string().max(100).optional().describe('This operation alone'),
      person: personRef.optional().describe('What concerns this person alone'),
    }),
    reply: z.strictObject({ entries: z.array(auditEntry), next: z.number().int().nullable() }),
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

/** `GET /api/v1/events/stream` sends each committed event as a server-sent event of {@link timelineEvent}. */
export const eventStreamPath = '/api/v1/events/stream';
