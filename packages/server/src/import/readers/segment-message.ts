import { eventType } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { type Reading, refused } from './source-line.ts';

/** One exported Segment message, with the time it had. */
export function readSegmentMessage(text: string): Reading {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('', 'is not JSON');
  }
  if (!isJsonObject(value)) {
    return refused('', 'is not a JSON object');
  }
  const type = eventType.safeParse(value.type);
  if (!type.success) {
    return refused('type', `must be one of ${eventType.options.join(', ')}`);
  }
  const at = timeOf(value);
  return at === undefined
    ? refused('timestamp', 'must be a time: an event without one cannot be put in its place')
    : { kind: 'message', message: withTime(value, at) };
}

/**
 * `timestamp` is what Segment corrected already. Without it, the correction is made up for: the time of
 * the client's clock, shifted by what that clock was off when it sent.
 */
function timeOf(message: JsonObject): number | undefined {
  const timestamp = timeIn(message.timestamp);
  const original = timeIn(message.originalTimestamp);
  const received = timeIn(message.receivedAt);
  const sent = timeIn(message.sentAt);
  if (timestamp !== undefined || original === undefined) {
    return timestamp;
  }
  return received === undefined || sent === undefined ? original : received - (sent - original);
}

function timeIn(value: Json | undefined): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** With `sentAt`, collection would correct the clock a second time. */
function withTime(message: JsonObject, at: number): JsonObject {
  const { sentAt: _sent, originalTimestamp: _original, receivedAt: _received, ...rest } = message;
  return { ...rest, timestamp: new Date(at).toISOString() };
}
