import type { JsonObject } from '@tenth/model/json.ts';
import type { SendBatch } from '../ports.ts';

/** A collection that keeps what it is sent first, by message id. */
export function aCollection(
  options: { readonly failAt?: number; readonly loseReplyAt?: number } = {},
) {
  const messages = new Map<string, JsonObject>();
  let calls = 0;
  const sendBatch: SendBatch = async (batch) => {
    calls += 1;
    if (calls === options.failAt) {
      throw new Error('away');
    }
    for (const message of batch) {
      const id = String(message.messageId);
      messages.set(id, messages.get(id) ?? message);
    }
    if (calls === options.loseReplyAt) {
      throw new Error('reply lost');
    }
    const rejected = batch.flatMap(({ event }, index) =>
      event === 'Refused' ? [{ index, field: 'event', reason: 'not wanted' }] : [],
    );
    return { rejected };
  };
  return { messages, sendBatch };
}
