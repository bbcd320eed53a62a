import type { ApiKey } from '@tenth/model/api-key.ts';
import type { Campaign } from '@tenth/model/campaign.ts';
import type { CellOrder, CellsReply } from '@tenth/model/cells.ts';
import type {
  ConsentAnswer,
  ConsentPurpose,
  ConsentRecord,
  CurrentConsent,
} from '@tenth/model/consent-record.ts';
import type { CampaignOutcome } from '@tenth/model/decision.ts';
import type { Erasure } from '@tenth/model/erasure.ts';
import type { Explanation } from '@tenth/model/explanation.ts';
import type { CampaignId, MessageId, ProfileId, SegmentId, WorkspaceId } from '@tenth/model/ids.ts';
import type { Merge } from '@tenth/model/merge.ts';
import type { Scope } from '@tenth/model/permission.ts';
import type { PersonExportLine } from '@tenth/model/person-export.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { PreviewLine, PreviewRequest } from '@tenth/model/preview.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { CampaignReport, Period, ShopReport } from '@tenth/model/report.ts';
import type { Segment } from '@tenth/model/segment.ts';
import type { SegmentBackfill } from '@tenth/model/segment-backfill.ts';
import type { SimulationLine, SimulationRequest } from '@tenth/model/simulation.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { TimelineEvent } from '@tenth/model/timeline-event.ts';
import type { Variable } from '@tenth/model/variable.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';

/*
 * What administration needs from the stores. Every call names the workspace first: none can read or
 * change another's.
 */

export interface PlanStore {
  findLatest(workspaceId: WorkspaceId): Promise<PlanDefinition | undefined>;
  /**
   * Stores the next version.
   *
   * @returns false, and nothing is stored, when that version is there already: someone else published.
   */
  append(workspaceId: WorkspaceId, definition: PlanDefinition): Promise<boolean>;
}

export type KeyKind = ApiKey['kind'];

/** A key as stored: a write key's secret as it is, since it is public; of an API key the SHA-256, in hex. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly kind: KeyKind;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly secret: string;
  /** The secret from before the last rotation, as long as it works beside the new one. */
  readonly previous: { readonly secret: string; readonly until: EpochMs } | undefined;
  /** Of a write key: the pages that may use it; empty for any. */
  readonly origins: readonly string[];
  readonly createdAt: EpochMs;
  readonly lastUsedAt: EpochMs | undefined;
  readonly expiresAt: EpochMs | undefined;
}

export interface FoundKey {
  readonly workspaceId: WorkspaceId;
  readonly key: StoredKey;
}

export interface KeyStore {
  list(workspaceId: WorkspaceId): Promise<readonly StoredKey[]>;
  insert(workspaceId: WorkspaceId, key: StoredKey): Promise<void>;
  /** The key that was there; undefined where there was none. */
  remove(workspaceId: WorkspaceId, keyId: string): Promise<StoredKey | undefined>;
  /** @returns The key as it is now; undefined where there is none. */
  change(
    workspaceId: WorkspaceId,
    keyId: string,
    change: Partial<Pick<StoredKey, 'name' | 'origins' | 'secret' | 'prefix' | 'previous'>>,
  ): Promise<StoredKey | undefined>;
  /**
   * By the stored form of the secret, over all workspaces: this is how a caller's workspace is found.
   * One that has run out is not found, nor a secret that was replaced, once its time is over.
   */
  findBySecret(kind: KeyKind, secret: string, now: EpochMs): Promise<FoundKey | undefined>;
  markUsed(workspaceId: WorkspaceId, keyId: string, at: EpochMs): Promise<void>;
}

/** Pages of the public internet. */
export interface Pages {
  /** @throws {Problem} address-refused, where the address is not on the public internet */
  read(url: string): Promise<
    | { readonly kind: 'page'; readonly status: number; readonly text: string }
    | {
        readonly kind: 'unreachable';
        readonly reason: 'timed_out' | 'too_large' | 'too_many_redirects' | 'unreachable';
      }
  >;
}

export interface Identifier {
  readonly kind: string;
  readonly value: string;
}

export interface FoundPerson {
  readonly profile: Profile;
  readonly identifiers: readonly Identifier[];
}

export type PersonRef =
  | { readonly kind: 'userId' | 'anonymousId'; readonly value: string }
  | { readonly kind: 'profileId'; readonly value: ProfileId };

export interface PeopleSearch {
  readonly search: string | undefined;
  readonly segmentId: SegmentId | undefined;
  readonly limit: number;
  readonly before: string | undefined;
}

export interface PeopleStore {
  search(
    workspaceId: WorkspaceId,
    search: PeopleSearch,
  ): Promise<{ readonly people: readonly FoundPerson[]; readonly next: string | null }>;
  /** A profile merged into another gives the survivor. */
  find(workspaceId: WorkspaceId, ref: PersonRef): Promise<FoundPerson | undefined>;
  countBySegment(workspaceId: WorkspaceId): Promise<ReadonlyMap<SegmentId, number>>;
}

/** Segments on their way to everybody. */
export interface SegmentChanges {
  /**
   * @returns What is published now: with the definition, or with it being prepared.
   * @throws {Problem} definition-invalid, with the field; store-unavailable
   */
  publish(
    workspaceId: WorkspaceId,
    segment: Segment,
    how: { readonly isReviewed: boolean },
  ): Promise<PlanDefinition>;
  /**
   * Lets a counted definition take the place of the one before.
   *
   * @throws {Problem} nothing-waits.
   */
  approve(workspaceId: WorkspaceId, id: SegmentId): Promise<SegmentBackfill>;
  /**
   * Drops a definition that has not taken its place yet.
   *
   * @returns What is published now.
   * @throws {Problem} nothing-waits; definition-invalid: it is new, and something has come to use it.
   */
  dismiss(workspaceId: WorkspaceId, id: SegmentId): Promise<PlanDefinition>;
  /**
   * Publishes the definition that stood before the present one.
   *
   * @throws {Problem} not-found: there is none.
   */
  revert(
    workspaceId: WorkspaceId,
    id: SegmentId,
  ): Promise<{ readonly segment: Segment; readonly planVersion: number }>;
  /** How far the last change of a segment is; undefined where there was none. */
  find(workspaceId: WorkspaceId, id: SegmentId): Promise<SegmentBackfill | undefined>;
}

/** How late this server was, of late, with what time alone changed of a segment. */
export interface SegmentLags {
  of(
    workspaceId: WorkspaceId,
    id: SegmentId,
  ): { readonly lastMs: number; readonly p99Ms: number } | undefined;
}

/** An answer that somebody writes down for a person. */
export interface GivenConsent {
  readonly identifier: Identifier;
  readonly purpose: ConsentPurpose;
  readonly state: ConsentAnswer;
  readonly at: EpochMs;
  readonly receivedAt: EpochMs;
  readonly textVersion: string | undefined;
  readonly source: string | undefined;
  readonly givenBy: string;
}

/** What people agreed to and took back. */
export interface PersonConsents {
  read(
    workspaceId: WorkspaceId,
    person: ProfileId,
  ): Promise<{ readonly current: CurrentConsent[]; readonly records: ConsentRecord[] }>;
  append(workspaceId: WorkspaceId, consents: readonly GivenConsent[]): Promise<void>;
}

/** All that is held of a person. */
export interface PersonExports {
  run(
    workspaceId: WorkspaceId,
    person: ProfileId,
    signal: AbortSignal,
  ): AsyncIterable<PersonExportLine>;
}

/** People on their way out of both stores. */
export interface Erasures {
  request(
    workspaceId: WorkspaceId,
    person: ProfileId,
    identifiers: readonly Identifier[],
  ): Promise<Erasure>;
  find(workspaceId: WorkspaceId, erasureId: string): Promise<Erasure | undefined>;
  /** The latest first; those before this one. */
  list(
    workspaceId: WorkspaceId,
    query: { readonly limit: number; readonly before: string | undefined },
  ): Promise<Erasure[]>;
}

export interface MergeStore {
  list(workspaceId: WorkspaceId, person: ProfileId): Promise<readonly Merge[]>;
  /** @throws {Problem} merge-undone-already */
  undo(
    workspaceId: WorkspaceId,
    mergeId: string,
  ): Promise<{ readonly survivorId: ProfileId; readonly restoredId: ProfileId } | undefined>;
}

/** A moment at which a campaign was considered for a person, and what came of it. */
export interface ConsideredMoment {
  readonly at: string;
  readonly messageId: string;
  readonly event: string;
  readonly planVersion: number;
  readonly outcome: CampaignOutcome;
}

export interface TimelineQuery {
  readonly limit: number;
  readonly before: string | undefined;
}

export interface Timeline {
  listOfPerson(
    workspaceId: WorkspaceId,
    person: ProfileId,
    query: TimelineQuery,
  ): Promise<{ readonly events: readonly TimelineEvent[]; readonly next: string | null }>;
  listRecent(workspaceId: WorkspaceId, limit: number): Promise<readonly TimelineEvent[]>;
  /** The latest moments first. */
  explain(
    workspaceId: WorkspaceId,
    person: ProfileId,
    campaignId: CampaignId,
  ): Promise<readonly ConsideredMoment[]>;
}

/** Which past moment of a person to explain. */
export interface MomentAsked {
  /** Only this campaign, at the last event that put it up; otherwise all, at the last decision. */
  readonly campaignId: CampaignId | undefined;
  /** Nothing that was decided later. */
  readonly at: EpochMs;
  /** The decision on this event, instead of the last one. */
  readonly messageId: MessageId | undefined;
}

export interface Explanations {
  /** @throws {Problem} not-found: the person has no such moment. */
  explain(workspaceId: WorkspaceId, person: ProfileId, asked: MomentAsked): Promise<Explanation>;
}

export interface SimulationAsked {
  readonly request: SimulationRequest;
  readonly period: Period;
  /** Aborted when nobody waits for the reply any more. */
  readonly signal: AbortSignal;
}

export interface Previews {
  /**
   * @returns The lines of the reply, once it is known that the condition compiles.
   * @throws {Problem} definition-invalid, with the field.
   */
  run(
    workspaceId: WorkspaceId,
    request: PreviewRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<PreviewLine>>;
}

export interface Simulations {
  /**
   * @returns The lines of the reply, once it is known that what is tried out compiles.
   * @throws {Problem} definition-invalid, with the field.
   */
  run(workspaceId: WorkspaceId, asked: SimulationAsked): Promise<AsyncIterable<SimulationLine>>;
}

export interface CampaignTotals {
  readonly shown: number;
  readonly withheld: number;
  readonly seen: number;
  readonly clicked: number;
}

export interface Reports {
  campaign(
    workspaceId: WorkspaceId,
    asked: {
      readonly campaign: Campaign;
      readonly settings: WorkspaceSettings;
      readonly period: Period;
    },
  ): Promise<CampaignReport>;
  shop(
    workspaceId: WorkspaceId,
    asked: { readonly settings: WorkspaceSettings; readonly period: Period },
  ): Promise<ShopReport>;
  /** The last 30 days. */
  totals(workspaceId: WorkspaceId, now: EpochMs): Promise<ReadonlyMap<string, CampaignTotals>>;
}

export interface CellsAsked {
  readonly definition: PlanDefinition;
  readonly variables: readonly Variable[];
  readonly campaign: Campaign | undefined;
  readonly period: Period;
  readonly minPeople: number;
  readonly orderBy: CellOrder;
  readonly limit: number;
  /** Everybody's levels are worked out anew. */
  readonly fresh: boolean;
}

export interface CellPeopleAsked {
  readonly definition: PlanDefinition;
  readonly variables: readonly Variable[];
  /** Of a level among those of its variable, from 1; 0: people at none of them. */
  readonly places: readonly number[];
  readonly limit: number;
  readonly after: ProfileId | undefined;
}

export interface CellPeoplePage {
  readonly asOf: EpochMs;
  readonly people: readonly ProfileId[];
  readonly of: number;
  readonly next: ProfileId | null;
}

/** Everybody, told apart by the levels of variables. */
export interface Cells {
  explore(workspaceId: WorkspaceId, asked: CellsAsked): Promise<CellsReply>;
  people(workspaceId: WorkspaceId, asked: CellPeopleAsked): Promise<CellPeoplePage>;
}
