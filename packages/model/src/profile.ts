import type { Channel } from './channel.ts';
import type { Arm } from './decision.ts';
import type { DeviceType } from './device.ts';
import type { CampaignId, DecisionId, ProfileId, SegmentId, SessionId, VariantId } from './ids.ts';
import type { Json } from './json.ts';
import type { EpochMs } from './time.ts';

/**
 * What Tenth holds about one person. Every part is a commutative monoid (or a map of them keyed by
 * device), so that merging two profiles equals having seen both histories.
 *
 * A device is one anonymousId; events of a server that name no device are filed under the empty key.
 */
export interface Profile {
  readonly id: ProfileId;
  readonly firstSeenAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  /** Set once the person is known. */
  readonly userId: string | undefined;
  readonly traits: Readonly<Record<string, Trait>>;
  readonly devices: readonly DeviceState[];
  readonly aggregates: Aggregates;
  readonly affinities: Readonly<Record<string, Affinity>>;
  readonly orders: Orders;
  /** Version of the plan by which all segments were last evaluated; 0 after a merge. */
  readonly evaluatedPlan: number;
  /** Whether the person was known by a userId when the segments were last evaluated. */
  readonly evaluatedAsMember: boolean;
  /**
   * No segment of {@link evaluatedPlan} changes by time alone before this moment; it can be too early.
   * Undefined where none ever does, 0 after a merge.
   */
  readonly dueAt: EpochMs | undefined;
  /** When time alone, or a plan, was last brought to bear on the segments; what comes late is not looked at before it. */
  readonly sweptAt: EpochMs | undefined;
  /** Segments the person is in, by segmentId rising. */
  readonly segments: readonly Membership[];
  readonly assignments: Readonly<Record<CampaignId, Assignment>>;
  readonly ledger: readonly LedgerEntry[];
  /** Times shown or withheld that have left the ledger, for caps without a window. */
  readonly ledgerOlder: Readonly<Record<CampaignId, number>>;
  /** Hashes of the message ids of the last 24 hours and more, by hour of receipt. */
  readonly recentMessages: readonly RecentMessages[];
}

export interface Membership {
  readonly segmentId: SegmentId;
  readonly enteredAt: EpochMs;
}

/** A person came into a segment, or left it. */
export interface Transition {
  readonly kind: 'entered' | 'exited';
  readonly segmentId: SegmentId;
  readonly at: EpochMs;
}

export interface Trait {
  readonly value: Json;
  readonly at: EpochMs;
  /** Device that said it; what one browser said may be shown back to that browser. */
  readonly device: string;
  readonly isVerified: boolean;
}

export interface DeviceState {
  /** The anonymousId; empty for a server that named no device. */
  readonly key: string;
  readonly firstSeenAt: EpochMs;
  readonly sessions: number;
  readonly session: Session;
  readonly cart: Cart;
}

export interface Session {
  readonly id: SessionId;
  readonly startedAt: EpochMs;
  readonly lastAt: EpochMs;
  readonly pages: number;
  readonly channel: Channel;
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
  readonly keyword: string;
  readonly referrerHost: string;
  readonly landingPath: string;
  readonly landingCategory: string;
  readonly device: DeviceType;
  readonly os: string;
  readonly browser: string;
  /** As the client says, `context.location` and `context.timezone`; empty where it does not. */
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly timeZone: string;
  /** What is aggregated over this session alone. */
  readonly aggregates: Aggregates;
}

export interface Cart {
  readonly updatedAt: EpochMs;
  /** ISO 4217; of the last event that named one. */
  readonly currency: string;
  readonly items: Readonly<Record<string, CartItem>>;
}

export interface CartItem {
  readonly quantity: number;
  /** Price of one, in the currency's minor units. */
  readonly priceMinor: number;
  readonly name: string;
  readonly category: string;
  readonly brand: string;
}

/**
 * What is aggregated from events, by the first character of the aggregate's id and then by its id: an
 * object of more than some sixty keys is slow to copy, and a person may have hundreds of aggregates.
 */
export type Aggregates = Readonly<Record<string, Readonly<Record<string, AggregateState>>>>;

/**
 * The state of one aggregate, flat and short since every profile has many. Its id ends in its kind.
 *
 * | kind | parts that repeat | in order of |
 * |---|---|---|
 * | `count` | bucket, count | bucket |
 * | `sum` | bucket, count, steps | bucket |
 * | `min`, `max` | bucket, steps | bucket |
 * | `distinct` | last bucket, value; the latest 100 | bucket, value |
 * | `times` | time; the latest 50 | time |
 * | `latest` | time, once | |
 * | `items`, `amounts` | time, tie, value or steps; the latest 50 | time, tie, value |
 * | `first`, `last` | time, tie, value, once | |
 *
 * A bucket is its start in units of its length (a day by the shop's calendar); without buckets it is
 * the one bucket 0. Times are ms since 1970, steps ten-thousandths, a tie a hash of the message id.
 */
export type AggregateState = readonly Scalar[];

export type Scalar = string | number | boolean;

/**
 * Decayed weights of one dimension, in forward decay: each weight is multiplied by 2^((t - landmark) /
 * half-life) when it is added, so that adding and merging are plain sums (Cormode et al., "Forward
 * Decay", ICDE 2009, section III).
 */
export interface Affinity {
  readonly total: number;
  readonly keys: Readonly<Record<string, number>>;
}

export interface Orders {
  /** The latest orders by order id, for dropping duplicates. */
  readonly recent: Readonly<Record<string, Order>>;
  /** Orders that have left `recent`. */
  readonly older: { readonly count: number; readonly totals: Readonly<Record<string, number>> };
  readonly firstAt: EpochMs | undefined;
  readonly lastAt: EpochMs | undefined;
}

export interface Order {
  readonly at: EpochMs;
  readonly totalMinor: number;
  readonly currency: string;
  readonly products: number;
}

/** A person's arm in a campaign, fixed when they first qualify. */
export interface Assignment {
  readonly arm: Arm;
  readonly variantId: VariantId;
  readonly at: EpochMs;
  /** Two histories with different arms were merged; left out of the statistics. */
  readonly isCrossedOver: boolean;
}

/** One decision to show or withhold, and how the person answered. Caps read this. */
export interface LedgerEntry {
  readonly decisionId: DecisionId;
  readonly campaignId: CampaignId;
  readonly variantId: VariantId;
  readonly arm: Arm;
  readonly at: EpochMs;
  readonly sessionId: SessionId;
  readonly device: string;
  /** Until when the reservation holds without an impression. */
  readonly expiresAt: EpochMs;
  readonly seenAt: EpochMs | undefined;
  readonly clickedAt: EpochMs | undefined;
  readonly dismissedAt: EpochMs | undefined;
  /** A message that stays over pages and is still up. */
  readonly isOpen: boolean;
}

export interface RecentMessages {
  /** Hours since 1970. */
  readonly hour: number;
  /** Eight characters a message: 48 bits in base 64. */
  readonly hashes: string;
}
