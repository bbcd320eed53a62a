import type { Role } from '@tenth/model/permission.ts';
import type { Generated } from 'kysely';

/** The tables as Kysely sees them; `migrations/` makes them. Times are epoch ms, JSON is text. */
export interface Database {
  workspaces: WorkspaceTable;
  keys: KeyTable;
  users: UserTable;
  console_sessions: ConsoleSessionTable;
  plan_versions: PlanVersionTable;
  profiles: ProfileTable;
  people_index: PeopleIndexTable;
  identifiers: IdentifierTable;
  merges: MergeTable;
  outbox: OutboxTable;
  list_versions: ListVersionTable;
  list_members: ListMembersTable;
  backfills: BackfillTable;
  recounts: RecountTable;
  privacy_salts: PrivacySaltTable;
  audit_log: AuditTable;
  erasures: ErasureTable;
  suppressions: SuppressionTable;
  consents: ConsentTable;
  schema_versions: SchemaVersionTable;
}

export interface WorkspaceTable {
  workspace_id: string;
  created_at: number;
}

export interface KeyTable {
  workspace_id: string;
  key_id: string;
  kind: 'write_key' | 'api_key';
  name: string;
  prefix: string;
  /** A write key is public and kept as it is; of an API key only the SHA-256 is kept. */
  secret: string;
  /** The one before the last rotation, which works until then. */
  previous_secret: string | null;
  previous_until: number | null;
  scopes: string;
  /** JSON list; empty for any. */
  origins: string;
  created_at: number;
  last_used_at: number | null;
  expires_at: number | null;
}

export interface UserTable {
  workspace_id: string;
  user_id: string;
  /** In lower case; empty for an owner who set the password without one. */
  email: string;
  role: Role;
  password_hash: string | null;
  invitation_hash: string | null;
  invited_until: number | null;
  totp_secret: string | null;
  totp_step: number;
  /** JSON list of hashes. */
  recovery_hashes: string;
  created_at: number;
}

export interface ConsoleSessionTable {
  workspace_id: string;
  session_id: string;
  token_hash: string;
  user_id: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
  address: string;
  user_agent: string;
}

export interface PlanVersionTable {
  workspace_id: string;
  version: number;
  definition: string;
  published_at: number;
}

export interface ProfileTable {
  workspace_id: string;
  profile_id: string;
  version: number;
  /** Drawn when it was founded: tells it from an erased one of the same id. */
  incarnation: Generated<number>;
  /** What `encodeProfile` wrote. */
  state: string;
  /** Set while the person is merged into another; the state is then the one before the merge. */
  merged_into: string | null;
  /** When time alone may change the person's segments; null for never. */
  due_at: number | null;
}

export interface PeopleIndexTable {
  workspace_id: string;
  profile_id: string;
  user_id: string | null;
  email: string | null;
  name: string | null;
  /** Rounded down, so that most events leave the row alone. */
  last_seen_at: number;
  /** Space before and after each segment id. */
  segments: string;
}

export interface IdentifierTable {
  workspace_id: string;
  kind: string;
  value: string;
  profile_id: string;
}

export interface MergeTable {
  workspace_id: string;
  merge_id: string;
  /** Order of the merges. */
  seq: Generated<number>;
  at: number;
  message_id: string;
  reason: string;
  survivor_id: string;
  absorbed_id: string;
  survivor_before: string;
  absorbed_before: string;
  /** JSON list of identifiers. */
  moved: string;
  undone_at: number | null;
}

export interface OutboxTable {
  id: Generated<number>;
  batch: number | null;
  body: Uint8Array;
  created_at: number;
}

export interface ListVersionTable {
  workspace_id: string;
  list_id: string;
  version: number;
  begun_at: number;
}

export interface ListMembersTable {
  workspace_id: string;
  list_id: string;
  version: number;
  /** From 0. */
  chunk: number;
  /** Sorted hashes of 8 bytes. */
  members: Uint8Array;
}

export interface BackfillTable {
  backfill_id: Generated<number>;
  workspace_id: string;
  segment_id: string;
  plan_version: number;
  /** JSON of the segment. */
  definition: string;
  /** JSON list of the ids of the aggregates to be made up. */
  aggregates: string;
  state: 'counting' | 'ready' | 'switching' | 'done' | 'replaced' | 'failed';
  is_reviewed: boolean;
  walked_to: string;
  walked: number;
  people: number;
  entering: number;
  leaving: number;
  /** JSON. */
  sample: string;
  error: string | null;
  started_at: number;
  finished_at: number | null;
  /** Until when the server that works on it has it to itself. */
  held_until: number;
}

/** People of whom everything is to be counted anew. */
export interface RecountTable {
  recount_id: Generated<number>;
  workspace_id: string;
  profile_id: string;
}

export interface PrivacySaltTable {
  workspace_id: string;
  /** 32 random bytes, in hex. */
  salt: string;
}

/** Rows are added and never changed: a trigger refuses it. */
export interface AuditTable {
  workspace_id: string;
  entry_id: Generated<number>;
  at: number;
  caller_kind: string;
  caller_id: string;
  act: string;
  /** JSON object of texts. */
  target: string;
  outcome: string;
  plan_before: number | null;
  plan_after: number | null;
  request_id: string;
  address: string;
}

export interface ErasureTable {
  workspace_id: string;
  erasure_id: string;
  /** Order of the requests. */
  seq: Generated<number>;
  requested_at: number;
  /** Ids with spaces between them. */
  person_id: string | null;
  /** JSON, while it is being done: by what the person's rows are found. */
  traces: string | null;
  last_outbox_id: number | null;
  /** JSON list of hashes. */
  subjects: string;
  /** JSON list. */
  tables: string;
  /** JSON list of paths. */
  plan_references: string;
  waiting_for: string | null;
  verified_at: number | null;
}

export interface SuppressionTable {
  workspace_id: string;
  hash: string;
  erased_at: number;
}

/** Rows are added, and go with the person alone. */
export interface ConsentTable {
  workspace_id: string;
  profile_id: string;
  consent_id: Generated<number>;
  purpose: string;
  state: 'granted' | 'withdrawn';
  at: number;
  received_at: number;
  text_version: string | null;
  source: string | null;
  page_url: string | null;
  device: string | null;
  anonymous_id: string | null;
  message_id: string | null;
  given_by: string;
}

export interface SchemaVersionTable {
  version: number;
  name: string;
  applied_at: number;
}
