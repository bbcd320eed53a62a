import type { RouteName } from '@tenth/model/api.ts';
import { campaignStatus } from '@tenth/model/campaign.ts';
import type { ExplainedCampaign } from '@tenth/model/explanation.ts';
import { campaignId, messageId, profileId } from '@tenth/model/ids.ts';
import { isJsonObject, type JsonObject } from '@tenth/model/json.ts';
import { rolePermissions } from '@tenth/model/permission.ts';
import { Problem } from '@tenth/model/problem.ts';
import { workspaceSettings } from '@tenth/model/workspace.ts';
import type { ReplyOf } from '../api/client.ts';
import {
  aCampaignReport,
  anEvent,
  aPerson,
  aSegment,
  aShopReport,
  aUser,
  builtAt,
} from './builders.ts';
import type { StubState } from './stub-state.ts';

export interface StubRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

type Replies = {
  readonly [Name in RouteName]?: (request: StubRequest, state: StubState) => ReplyOf<Name>;
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function periodIn({ query }: StubRequest) {
  return { from: text(query.from), to: text(query.to) };
}

function campaignOf(state: StubState, id: string | undefined) {
  const found = state.campaigns.find((campaign) => campaign.id === id);
  if (found === undefined) {
    throw new Problem('not-found', 'there is no such campaign');
  }
  return found;
}

/** Not in the audience by its channel; everything else held. */
function explainedCampaign(id: string): ExplainedCampaign {
  const leaf = {
    kind: 'leaf',
    leaf: 'session_field',
    path: 'audience.all[1]',
    holds: false,
    condition: 'session channel in organic_search, portal',
    fact: 'session channel',
    saw: 'direct',
  } as const;
  return {
    campaignId: campaignId.parse(id),
    outcome: {
      kind: 'failed',
      stage: 'audience',
      path: leaf.path,
      condition: leaf.condition,
      saw: leaf.saw,
    },
    trigger: {
      kind: 'leaf',
      leaf: 'cart_total',
      path: 'trigger',
      holds: true,
      condition: 'cart total KRW from 20000 to below 50000',
      fact: 'cart total KRW',
      saw: 24_000,
    },
    schedule: { holds: true, condition: 'runs now', saw: null },
    audience: { kind: 'all', path: 'audience', holds: false, of: [leaf] },
    keepWhile: null,
    caps: [
      {
        cap: 'campaign_session',
        limit: 1,
        count: 0,
        isReached: false,
        entries: [],
        older: 0,
        freesAt: null,
      },
    ],
    place: { group: 'overlay', takenBy: null },
    draw: {
      arm: 'treatment',
      holdoutShare: 0.1,
      isDrawnBefore: false,
    },
    smallestChange: {
      isPossible: true,
      changes: [
        {
          kind: 'fact',
          says: 'session channel "direct" -> "organic_search"',
          paths: [leaf.path],
          fact: leaf.fact,
          from: 'direct',
          to: 'organic_search',
        },
      ],
    },
  };
}

function tracedEvent() {
  return anEvent({
    messageId: 'traced',
    name: 'Product Added',
    userId: 'minji',
    trace: {
      planVersion: 12,
      at: Date.parse(builtAt),
      considered: [
        {
          campaignId: 'first-order-coupon',
          outcome: { kind: 'capped', cap: 'campaign_session', limit: 1, count: 1 },
        },
        {
          campaignId: 'exit-survey',
          outcome: { kind: 'crowded_out', by: 'first-order-coupon', group: 'overlay' },
        },
      ],
    },
  });
}

const people = [
  aPerson({}),
  aPerson({
    profileId: 'p0000000000000000000000002',
    userId: null,
    name: null,
    email: null,
    anonymousIds: ['a81f-2290'],
    orders: 0,
    sessions: 2,
  }),
  aPerson({
    profileId: 'p0000000000000000000000003',
    userId: 'jiho',
    name: '박지호',
    email: 'jiho@example.com',
    orders: 1,
    sessions: 6,
  }),
].map(
  ({
    profileId,
    userId,
    anonymousIds,
    name,
    email,
    firstSeenAt,
    lastSeenAt,
    sessions,
    orders,
  }) => ({
    profileId,
    userId,
    anonymousIds,
    name,
    email,
    firstSeenAt,
    lastSeenAt,
    sessions,
    orders,
  }),
);

/** How the stub answers each route; every reply is checked against the route's schema before it goes out. */
export const replies: Replies = {
  getSession: (_request, state) => ({
    state: state.session,
    workspace: { id: 'demo', name: '데모 화장품', locale: 'ko' },
    hasOidc: true,
    user: {
      id: 'u1',
      email: 'owner@shop.example',
      role: state.role,
      hasTotp: state.hasTotp,
      permissions: [...rolePermissions[state.role]],
    },
  }),
  setUp: ({ body }, state) => {
    state.password = text(body.password);
    state.session = 'signed_in';
    return { ok: true };
  },
  signIn: ({ body }, state) => {
    if (body.password !== state.password) {
      throw new Problem('password-wrong', 'try again');
    }
    state.session = 'signed_in';
    return { ok: true };
  },
  acceptInvitation: ({ body }, state) => {
    if (body.token !== 'a-token-that-works-once') {
      throw new Problem('invitation-ended', 'ask for a new link');
    }
    state.session = 'signed_in';
    return { ok: true };
  },
  listUsers: (_request, state) => ({ users: [...state.users] }),
  inviteUser: ({ body }, state) => {
    const user = aUser({ id: 'u9', email: text(body.email), role: 'analyst', state: 'invited' });
    state.users = [...state.users, user];
    return { user, token: 'new-token', path: '/console/#invitation=new-token' };
  },
  setUserRole: ({ params }, state) => {
    const user = state.users.find(({ id }) => id === params.id);
    if (user === undefined || user.role === 'owner') {
      throw new Problem('last-owner', 'make somebody else an owner first');
    }
    return { user };
  },
  removeUser: ({ params }, state) => {
    state.users = state.users.filter(({ id }) => id !== params.id);
    return { ok: true };
  },
  listSessions: () => ({
    sessions: [
      {
        id: 's1',
        createdAt: builtAt,
        lastSeenAt: builtAt,
        address: '203.0.113.7',
        userAgent: 'Firefox',
        isCurrent: true,
      },
    ],
  }),
  startTotp: () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x', picture: '<svg/>' }),
  confirmTotp: ({ body }, state) => {
    if (body.code !== '123456') {
      throw new Problem('code-wrong', 'give the code that the app shows');
    }
    state.hasTotp = true;
    return { recoveryCodes: ['aaaaa-bbbbb-ccccc-ddddd'] };
  },
  removeTotp: ({ body }, state) => {
    if (body.password !== state.password) {
      throw new Problem('password-wrong', 'try again');
    }
    state.hasTotp = false;
    return { ok: true };
  },
  signOut: (_request, state) => {
    state.session = 'signed_out';
    return { ok: true };
  },
  getWorkspace: (_request, state) => ({
    id: 'demo',
    planVersion: 12,
    settings: state.settings,
  }),
  putWorkspace: ({ body }, state) => {
    state.settings = workspaceSettings.parse(body);
    return { planVersion: 13 };
  },
  listKeys: (_request, state) => ({ keys: [...state.keys] }),
  createKey: ({ body }, state) => {
    const kind = body.kind === 'api_key' ? 'api_key' : 'write_key';
    const key = {
      id: 'k3',
      name: text(body.name),
      kind,
      prefix: 'wk_77aa',
      createdAt: builtAt,
      lastUsedAt: null,
      expiresAt: null,
      previousUntil: null,
    } as const;
    const made = { ...key, scopes: [], origins: [] };
    state.keys = [...state.keys, made];
    return { key: made, secret: 'wk_77aa-not-a-real-secret' };
  },
  rotateKey: ({ params }, state) => {
    const [key] = state.keys.filter(({ id }) => id === params.id);
    if (key === undefined) {
      throw new Error('the console rotates only keys that it was given');
    }
    return { key, secret: 'wk_88bb-not-a-real-secret' };
  },
  deleteKey: ({ params }, state) => {
    state.keys = state.keys.filter((key) => key.id !== params.id);
    return { ok: true };
  },
  listCampaigns: (_request, state) => ({
    campaigns: state.campaigns.map((campaign, at) => ({
      campaign,
      last30Days:
        at === 2
          ? { shown: 0, withheld: 0, seen: 0, clicked: 0 }
          : {
              shown: 10_098 - at * 4_000,
              withheld: 1_142 - at * 410,
              seen: 9_604 - at * 4_011,
              clicked: 1_988 - at * 1_230,
            },
    })),
  }),
  getCampaign: ({ params }, state) => ({ campaign: campaignOf(state, params.id), planVersion: 12 }),
  setCampaignStatus: ({ params, body }, state) => {
    const changed = { ...campaignOf(state, params.id), status: campaignStatus.parse(body.status) };
    state.campaigns = state.campaigns.map((one) => (one.id === changed.id ? changed : one));
    return { campaign: changed, planVersion: 13 };
  },
  getCampaignReport: (request, state) => ({
    ...aCampaignReport(text(request.params.id), periodIn(request)),
    ...state.report,
  }),
  listSegments: () => ({
    segments: [
      { segment: aSegment({}), people: 1_284 },
      {
        segment: aSegment({
          id: 'vip',
          name: { ko: '우수 고객', en: 'Best customers' },
          description: { ko: '최근 구매가 많은 회원', en: 'Members who buy often' },
          condition: {
            kind: 'all',
            of: [
              { kind: 'member', is: true },
              {
                kind: 'orders',
                measure: 'total',
                currency: 'KRW',
                test: { op: 'gte', value: 300_000 },
              },
              { kind: 'not', of: { kind: 'segment', segmentId: 'cart-leavers', is: true } },
            ],
          },
        }),
        people: 342,
      },
    ],
  }),
  listPeople: ({ query }) => {
    const wanted = (query.search ?? '').toLowerCase();
    const found = people.filter((one) =>
      `${one.name} ${one.email} ${one.userId}`.toLowerCase().includes(wanted),
    );
    return query.before === undefined && wanted === ''
      ? { people: found.slice(0, 2), next: 'page-2' }
      : { people: wanted === '' ? found.slice(2) : found, next: null };
  },
  getPerson: () => aPerson({}),
  listPersonEvents: () => ({
    events: [tracedEvent(), anEvent({ messageId: 'e2', type: 'page', name: '', properties: {} })],
    next: null,
  }),
  explainPerson: () => ({
    moments: [
      {
        at: builtAt,
        messageId: 'x1',
        event: 'Product Added',
        planVersion: 12,
        outcome: { kind: 'capped', cap: 'campaign_session', limit: 1, count: 1 },
      },
      {
        at: '2026-03-04T03:00:00Z',
        messageId: 'x2',
        event: 'Product Added',
        planVersion: 12,
        outcome: {
          kind: 'failed',
          stage: 'audience',
          path: 'audience.all[1]',
          condition: 'session channel in organic_search, portal',
          saw: 'direct',
        },
      },
      {
        at: '2026-03-03T03:00:00Z',
        messageId: 'x3',
        event: 'Product Added',
        planVersion: 11,
        outcome: {
          kind: 'failed',
          stage: 'trigger',
          path: 'trigger',
          condition: 'cart total KRW from 20000 to below 50000',
          saw: 12_000,
        },
      },
    ],
  }),
  explainMoment: ({ query }) => ({
    profileId: profileId.parse('p0000000000000000000000001'),
    messageId: messageId.parse(query.messageId),
    event: 'Product Added',
    eventAt: '2026-03-04T03:00:00Z',
    at: '2026-03-04T03:00:00Z',
    isDecided: true,
    planVersion: 12,
    isWhole: true,
    listsOfNow: [],
    isAsLogged: true,
    campaigns: [explainedCampaign(text(query.campaignId))],
  }),
  listPersonMerges: (_request, state) => ({ merges: [...state.merges] }),
  undoMerge: ({ params }, state) => {
    state.merges = state.merges.map((merge) =>
      merge.mergeId === params.id ? { ...merge, undoneAt: builtAt } : merge,
    );
    return { survivorId: 'p0000000000000000000000001', restoredId: 'p0000000000000000000000009' };
  },
  listRecentEvents: () => ({
    events: [
      tracedEvent(),
      anEvent({
        messageId: 'r2',
        type: 'page',
        name: '',
        at: '2026-03-05T05:29:48Z',
        properties: {},
        pagePath: '/',
        channel: 'portal',
      }),
      anEvent({
        messageId: 'r3',
        name: 'Order Completed',
        at: '2026-03-05T05:29:31Z',
        userId: 'jiho',
        profileId: 'p0000000000000000000000003',
        pagePath: '/checkout/done',
        device: 'desktop',
      }),
    ],
  }),
  getShopReport: (request) => aShopReport(periodIn(request)),
};

export function readBody(raw: string): JsonObject {
  const parsed: unknown = raw === '' ? {} : JSON.parse(raw);
  return isJsonObject(parsed) ? parsed : {};
}
