import type { Arm, DecisionTrace } from './decision.ts';
import type { SiteEvent } from './event.ts';
import type {
  CampaignId,
  DecisionId,
  MessageId,
  ProfileId,
  SessionId,
  VariantId,
  WorkspaceId,
} from './ids.ts';
import type { Cart, Session } from './profile.ts';
import type { EpochMs } from './time.ts';

/**
 * What one group commit hands over to the event log: the content of one outbox row. The row's id and
 * the place in `events` give each event its sequence in the log.
 */
export interface LogRecord {
  readonly workspaceId: WorkspaceId;
  readonly events: readonly LoggedEvent[];
  readonly decisions: readonly LoggedDecision[];
  readonly personLinks: readonly PersonLink[];
}

export interface LoggedEvent {
  readonly event: SiteEvent;
  /** The profile it was filed under then; a later merge is followed through {@link PersonLink}. */
  readonly profileId: ProfileId;
  readonly session: Session | undefined;
  readonly isNewVisitor: boolean;
  readonly isMember: boolean;
  readonly trace: DecisionTrace | undefined;
  /** What the event says or leaves behind beyond the session; undefined for a bot's. */
  readonly facts: LoggedFacts | undefined;
  /** How the engine ran on it, so that it can be run again; undefined for a bot's, which it is not. */
  readonly run: LoggedRun | undefined;
}

/** What a replay cannot tell from the events alone. */
export interface LoggedRun {
  /** The decision's moment; undefined for an event that nobody waited on. */
  readonly decideAt: EpochMs | undefined;
  readonly planVersion: number;
  /** The profile began with this event, or began anew. */
  readonly isFirst: boolean;
  /** The profile that was merged into this one before the event. */
  readonly absorbed: ProfileId | undefined;
}

/** State of the event's device after it, and what it adds to the person, for questions over everybody. */
export interface LoggedFacts {
  readonly cart: Cart;
  readonly order: LoggedOrder | undefined;
  readonly interests: LoggedInterests | undefined;
}

/** An order as the profile counts it: `id` tells two reports of one order. */
export interface LoggedOrder {
  readonly id: string;
  readonly totalMinor: number;
  readonly currency: string;
}

/** Dimension and key (`category:men`), the dimension alone for its total; each adds the weight, undecayed. */
export interface LoggedInterests {
  readonly keys: readonly string[];
  readonly weight: number;
}

export interface LoggedDecision {
  readonly decisionId: DecisionId;
  readonly campaignId: CampaignId;
  readonly variantId: VariantId;
  readonly arm: Arm;
  /** Chance that this arm and variant had at the draw. */
  readonly probability: number;
  readonly planVersion: number;
  readonly at: EpochMs;
  readonly messageId: MessageId;
  readonly profileId: ProfileId;
  readonly sessionId: SessionId;
  readonly isCrossedOver: boolean;
}

/** `profileId` belongs to the person `personId` from now on; after an unmerge, to itself again. */
export interface PersonLink {
  readonly profileId: ProfileId;
  readonly personId: ProfileId;
  /** Grows with every change of the link; the highest stands. */
  readonly version: number;
}

/** What the server added to an event and no column of the log but `enrichment` has. */
export interface EventEnrichment
  extends Pick<
    SiteEvent,
    'at' | 'receivedAt' | 'previousId' | 'arrival' | 'consent' | 'isVerified'
  > {
  /** Where the server read other properties than those of the payload. */
  readonly properties: SiteEvent['properties'] | undefined;
  readonly traits: SiteEvent['traits'] | undefined;
  /** A page without an address, which the columns cannot tell from none. */
  readonly page: SiteEvent['page'];
}
