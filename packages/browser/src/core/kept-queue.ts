import type { OutgoingEvent } from './outgoing-event.ts';
import { readLocal, writeLocal } from './site-storage.ts';

const NAME = 'tenth_queue';
const MAX_EVENTS = 100;

/**
 * How long the server surely remembers a messageId: a later retry could count twice.
 * Segment's window, 24 h.
 */
const MAX_AGE_MS = 86_400_000;

/**
 * Events on their way, kept over page loads. Several tabs share it: each adds and removes only its
 * own, and an event that two tabs send is one event, by its messageId.
 */
export function readQueue(): OutgoingEvent[] {
  try {
    const stored: unknown = JSON.parse(readLocal(NAME) ?? '[]');
    return Array.isArray(stored)
      ? stored.filter(
          (event) => event?.messageId && Date.now() - Date.parse(event.timestamp) < MAX_AGE_MS,
        )
      : [];
  } catch {
    return [];
  }
}

/** Takes `gone` out and puts `added` in; the oldest fall off above the limit. */
export function changeQueue(gone: readonly OutgoingEvent[], added: readonly OutgoingEvent[]): void {
  const touched = new Set([...gone, ...added].map((event) => event.messageId));
  const events = [...readQueue().filter((event) => !touched.has(event.messageId)), ...added];
  writeLocal(NAME, events.length ? JSON.stringify(events.slice(-MAX_EVENTS)) : undefined);
}

export function clearQueue(): void {
  writeLocal(NAME, undefined);
}
