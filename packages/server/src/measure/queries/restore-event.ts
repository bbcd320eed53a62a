import { deviceType } from '@tenth/model/device.ts';
import { eventType, type SiteEvent } from '@tenth/model/event.ts';
import { messageId } from '@tenth/model/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import type { EventEnrichment } from '@tenth/model/log-record.ts';
import { z } from 'zod';

/** Columns of `events` that an event is put together from. */
export const EVENT_COLUMNS = `
  message_id, type, name, anonymous_id, user_id, page_url, page_path, page_title, page_category,
  page_name, device_type, os, browser, locale, is_bot, payload, enrichment`;

export const eventColumns = z.object({
  message_id: messageId,
  type: eventType,
  name: z.string(),
  anonymous_id: z.string(),
  user_id: z.string(),
  page_url: z.string(),
  page_path: z.string(),
  page_title: z.string(),
  page_category: z.string(),
  page_name: z.string(),
  device_type: deviceType,
  os: z.string(),
  browser: z.string(),
  locale: z.string(),
  is_bot: z.coerce.boolean(),
  payload: z.string(),
  enrichment: z.string(),
});

/** The event as the engine saw it, field by field. */
export function restoreEvent(row: z.infer<typeof eventColumns>): SiteEvent {
  const payload = parseObject(row.payload);
  // Trusted: the event log wrote it.
  const added = parseObject(row.enrichment) as unknown as Partial<EventEnrichment> &
    Pick<EventEnrichment, 'at' | 'receivedAt' | 'arrival' | 'consent' | 'isVerified'>;
  return {
    messageId: row.message_id,
    type: row.type,
    name: row.name,
    anonymousId: row.anonymous_id === '' ? undefined : row.anonymous_id,
    userId: row.user_id === '' ? undefined : row.user_id,
    previousId: added.previousId,
    at: added.at,
    receivedAt: added.receivedAt,
    properties: added.properties ?? objectOf(payload.properties),
    traits: added.traits ?? objectOf(payload.traits),
    page: added.page ?? pageOf(row),
    arrival: added.arrival,
    device: { type: row.device_type, os: row.os, browser: row.browser },
    locale: row.locale,
    isBot: row.is_bot,
    consent: added.consent,
    isVerified: added.isVerified,
    payload,
  };
}

function pageOf(row: z.infer<typeof eventColumns>): SiteEvent['page'] {
  return row.page_url === ''
    ? undefined
    : {
        url: row.page_url,
        path: row.page_path,
        title: row.page_title,
        category: row.page_category,
        name: row.page_name,
      };
}

function parseObject(text: string): JsonObject {
  return objectOf(JSON.parse(text));
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
