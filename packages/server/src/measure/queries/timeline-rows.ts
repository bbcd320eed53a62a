import { decisionTrace } from '@tenth/model/decision.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import type { TimelineEvent } from '@tenth/model/timeline-event.ts';
import { z } from 'zod';

/** Columns of `events` that a {@link TimelineEvent} needs, and the place in the log. */
export const TIMELINE_COLUMNS = `
  toString(seq) AS place, toUnixTimestamp64Milli(timestamp) AS at_ms, message_id, type, name,
  profile_id, user_id, anonymous_id, session_id, channel, source, device_type, is_bot, page_path,
  payload, trace`;

const row = z.object({
  place: z.string(),
  at_ms: z.coerce.number(),
  message_id: z.string(),
  type: z.string(),
  name: z.string(),
  profile_id: z.string(),
  user_id: z.string(),
  anonymous_id: z.string(),
  session_id: z.string(),
  channel: z.string(),
  source: z.string(),
  device_type: z.string(),
  is_bot: z.coerce.boolean(),
  page_path: z.string(),
  payload: z.string(),
  trace: z.string(),
});

export interface PlacedEvent {
  readonly seq: string;
  readonly atMs: number;
  readonly event: TimelineEvent;
}

export const timelineRow = row.transform(
  (found): PlacedEvent => ({
    seq: found.place,
    atMs: found.at_ms,
    event: {
      messageId: found.message_id,
      at: new Date(found.at_ms).toISOString(),
      type: found.type,
      name: found.name,
      profileId: found.profile_id,
      userId: found.user_id === '' ? null : found.user_id,
      anonymousId: found.anonymous_id === '' ? null : found.anonymous_id,
      sessionId: found.session_id,
      channel: found.channel,
      source: found.source,
      device: found.device_type,
      isBot: found.is_bot,
      pagePath: found.page_path,
      properties: readProperties(found.payload),
      trace: found.trace === '' ? null : decisionTrace.parse(JSON.parse(found.trace)),
    },
  }),
);

/** What a track or page call says, or the traits of an identify or group call. */
function readProperties(payload: string): TimelineEvent['properties'] {
  const sent: Json = JSON.parse(payload);
  if (!isJsonObject(sent)) {
    return {};
  }
  const said = isJsonObject(sent.properties) ? sent.properties : sent.traits;
  return isJsonObject(said) ? mutable(said) : {};
}

/** The API's types are not read-only; the value was parsed for this reply alone. */
function mutable(value: JsonObject): TimelineEvent['properties'] {
  return value as TimelineEvent['properties'];
}
