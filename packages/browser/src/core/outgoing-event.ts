import type { EventType } from '@tenth/model/event.ts';

/** One Segment message as it goes over the wire. */
export interface OutgoingEvent {
  readonly type: EventType;
  readonly messageId: string;
  readonly anonymousId: string;
  readonly userId?: string | undefined;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}
