import type { JsonObject } from '@tenth/model/json.ts';

/** One message of a batch that was refused, as the collection API names it. */
export interface RejectedMessage {
  /** Place in the batch, from 0. */
  readonly index: number;
  /** Path of the offending field; empty for the message as a whole. */
  readonly field: string;
  readonly reason: string;
}

/**
 * Hands a batch of Segment messages to collection, as an import: their own times are kept, and nothing
 * is decided or shown. Resolves when the batch is durable. The same batch may come again.
 *
 * @throws {Error} Nothing of the batch may be taken as stored; it will be sent again.
 */
export type SendBatch = (
  messages: readonly JsonObject[],
) => Promise<{ readonly rejected: readonly RejectedMessage[] }>;
