import { z } from 'zod';
import type { Channel } from './channel.ts';
import type { ConsentState } from './consent.ts';
import type { Device } from './device.ts';
import type { MessageId } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { EpochMs } from './time.ts';

export const eventTypes = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export const eventType = z.enum(eventTypes);
export type EventType = z.infer<typeof eventType>;

/** What brought a visitor to the page of this event. */
export interface Arrival {
  readonly channel: Channel;
  /** `naver`, `google`, the utm_source, the referring host …; empty for direct. */
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  /** utm_content: which creative. */
  readonly content: string;
  /** What was searched: utm_term, n_keyword, or the search engine's own parameter; empty where hidden. */
  readonly keyword: string;
  readonly referrerHost: string;
  /** Click ids that came along, by parameter name (`gclid`, `n_media`, `NaPm` …). */
  readonly clickIds: Readonly<Record<string, string>>;
  /**
   * What of the event tells of an arrival: the address of its page (a campaign parameter, the click id of an
   * ad), a referrer outside the shop, or the browser of an app such as KakaoTalk. An event with nothing goes
   * on with the session's first arrival.
   */
  readonly by: 'address' | 'referrer' | 'app' | 'nothing';
}

export interface PageFacts {
  readonly url: string;
  readonly path: string;
  readonly title: string;
  /** The `category` of the page call: `product`, `cart`, `compare`, `Member Benefits` … */
  readonly category: string;
  readonly name: string;
}

/**
 * One event as the engine sees it: Segment's message after validation, clock correction and
 * enrichment. `payload` is what was sent, whole.
 */
export interface SiteEvent {
  readonly messageId: MessageId;
  readonly type: EventType;
  /** Track: the event's name. Page and screen: the page's name. Others: empty. */
  readonly name: string;
  readonly anonymousId: string | undefined;
  readonly userId: string | undefined;
  /** `alias` only. */
  readonly previousId: string | undefined;
  /** When it happened, by the server's clock: receivedAt - (sentAt - originalTimestamp). */
  readonly at: EpochMs;
  readonly receivedAt: EpochMs;
  readonly properties: JsonObject;
  /** `identify`: the traits; `group`: the group's. */
  readonly traits: JsonObject;
  readonly page: PageFacts | undefined;
  readonly arrival: Arrival;
  readonly device: Device;
  /** BCP 47, as the client gave it. */
  readonly locale: string;
  readonly isBot: boolean;
  readonly consent: ConsentState;
  /** The userId came with a valid signature of the shop's server. */
  readonly isVerified: boolean;
  readonly payload: JsonObject;
}

/** Key under which the plan files what an event can change: `track:Product Added`, `page`, `identify`. */
export function eventKey(event: { readonly type: EventType; readonly name: string }): string {
  return event.type === 'track' ? `track:${event.name}` : event.type;
}

/** Segment's e-commerce events (spec V2) that the engine itself reads. */
export const commerce = {
  productViewed: 'Product Viewed',
  productAdded: 'Product Added',
  productRemoved: 'Product Removed',
  cartViewed: 'Cart Viewed',
  checkoutStarted: 'Checkout Started',
  orderCompleted: 'Order Completed',
  addedToWishlist: 'Product Added to Wishlist',
} as const;

/** Track events the browser script sends about a message, each with `properties.decision_id`. */
export const messageEvents = {
  seen: 'Message Seen',
  clicked: 'Message Clicked',
  dismissed: 'Message Dismissed',
} as const;

/**
 * Track events that Tenth itself makes when somebody comes into a segment or leaves it, with
 * `properties` of {@link SegmentEventProperties}. No client may send one.
 */
export const segmentEvents = {
  entered: 'Segment Entered',
  exited: 'Segment Exited',
} as const;

/** What brought a change of membership about: something the person did, time alone, a merge, a new plan. */
export const transitionCauses = ['event', 'time', 'merge', 'publish'] as const;
export type TransitionCause = (typeof transitionCauses)[number];

/** A type and not an interface, so that it is a JSON object. */
export type SegmentEventProperties = {
  readonly segment_id: string;
  readonly segment_name: string;
  readonly cause: TransitionCause;
};

/** Whether Tenth made the event itself. It is no part of a visit: nobody did anything. */
export function isSegmentEvent({ type, name }: Pick<SiteEvent, 'type' | 'name'>): boolean {
  return type === 'track' && (name === segmentEvents.entered || name === segmentEvents.exited);
}

/** Track events the browser script sends when a watch that a live campaign asked for fires. */
export const watchEvents = {
  timeOnPage: 'Time On Page Reached',
  scrollDepth: 'Scroll Depth Reached',
  exitIntent: 'Exit Intent Detected',
  silence: 'Silence Reached',
  elementSeen: 'Element Seen',
  elementClicked: 'Element Clicked',
} as const;
