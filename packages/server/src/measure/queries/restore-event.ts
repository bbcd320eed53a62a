import type { SiteEvent } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';

/**
 * The event as the engine saw it, put together from the columns `payload` (what was sent) and
 * `enrichment` (what the server added). What was `undefined` is absent.
 */
export function restoreEvent(row: {
  readonly payload: string;
  readonly enrichment: string;
}): SiteEvent {
  const payload = parseObject(row.payload);
  const sent = {
    properties: isJsonObject(payload.properties) ? payload.properties : {},
    traits: isJsonObject(payload.traits) ? payload.traits : {},
  };
  // Trusted: the event log wrote it from a SiteEvent, less what `payload` says already.
  const added = parseObject(row.enrichment) as unknown as Omit<
    SiteEvent,
    'payload' | keyof typeof sent
  >;
  return { ...sent, ...added, payload };
}

function parseObject(text: string): JsonObject {
  const value: Json = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}
