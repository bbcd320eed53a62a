import type { ApiKey } from '@tenth/model/api-key.ts';
import type { Campaign } from '@tenth/model/campaign.ts';
import type { Merge } from '@tenth/model/merge.ts';
import type { Role } from '@tenth/model/permission.ts';
import type { ProblemCode } from '@tenth/model/problem.ts';
import type { CampaignReport } from '@tenth/model/report.ts';
import type { User } from '@tenth/model/user.ts';
import { type WorkspaceSettings, workspaceSettings } from '@tenth/model/workspace.ts';
import { aCampaign, aUser, builtAt } from './builders.ts';

/** What the stub server holds; tests set it up and look into it. */
export interface StubState {
  session: 'setup' | 'signed_out' | 'signed_in';
  password: string;
  campaigns: readonly Campaign[];
  keys: readonly ApiKey[];
  users: readonly User[];
  /** Of who is signed in. */
  role: Role;
  /** Codes of an authenticator app are asked for. */
  hasTotp: boolean;
  settings: WorkspaceSettings;
  merges: readonly Merge[];
  /** Instead of the built report. */
  report: Partial<CampaignReport>;
  /** Routes that refuse, by name, and how. */
  readonly refusals: Map<string, ProblemCode>;
}

export function aState(given: Partial<StubState> = {}): StubState {
  return {
    session: 'signed_in',
    password: 'correct horse',
    campaigns: [
      aCampaign({}),
      aCampaign({
        id: 'exit-survey',
        name: { ko: '이탈 방지 팝업', en: 'Exit pop-up' },
        status: 'paused',
        trigger: { kind: 'exit_intent' },
        format: { kind: 'slide_in' },
        priority: 500,
      }),
      aCampaign({
        id: 'sign-up-bar',
        name: { ko: '회원 혜택 안내 띠', en: 'Member benefit bar' },
        status: 'draft',
        trigger: { kind: 'page_count', pages: 3 },
        format: { kind: 'top_bar' },
        audience: { kind: 'member', is: false },
        holdoutShare: 0,
        priority: 300,
      }),
    ],
    keys: [
      {
        id: 'k1',
        name: '자사몰 웹사이트',
        kind: 'write_key',
        prefix: 'wk_4f2a',
        scopes: [],
        origins: ['https://shop.example'],
        expiresAt: null,
        previousUntil: null,
        createdAt: '2026-01-02T00:00:00Z',
        lastUsedAt: builtAt,
      },
      {
        id: 'k2',
        name: 'CRM 연동',
        kind: 'api_key',
        prefix: 'ak_91bc',
        scopes: ['read', 'write'],
        origins: [],
        expiresAt: '2027-02-14T00:00:00Z',
        previousUntil: null,
        createdAt: '2026-02-14T00:00:00Z',
        lastUsedAt: null,
      },
    ],
    users: [aUser({}), aUser({ id: 'u2', email: 'minji@shop.example', role: 'marketer' })],
    role: 'owner',
    hasTotp: false,
    settings: workspaceSettings.parse({
      name: '데모 화장품',
      internalHosts: ['shop.example.com'],
    }),
    merges: [
      {
        mergeId: 'm1',
        at: '2026-02-20T08:00:00Z',
        survivorId: 'p0000000000000000000000001',
        absorbedId: 'p0000000000000000000000009',
        reason: 'identify: userId minji',
        undoneAt: null,
      },
    ],
    report: {},
    refusals: new Map(),
    ...given,
  };
}
