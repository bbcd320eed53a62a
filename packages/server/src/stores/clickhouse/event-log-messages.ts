import type { LogBatch } from '../../ship/ports.ts';
import type { ClickHouseLocation } from './connect.ts';

/** What the thread of the event log is started with. */
export interface EventLogStart {
  readonly location: ClickHouseLocation;
}

export type ToEventLog =
  | { readonly kind: 'append'; readonly batch: LogBatch }
  | { readonly kind: 'close' };

/** One answer to each message, in order. */
export type FromEventLog =
  | { readonly kind: 'appended'; readonly events: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly message: string };
