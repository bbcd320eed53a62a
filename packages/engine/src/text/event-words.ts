import type { EventType } from '@tenth/model/event.ts';

/** What an event without a name is called; the second word may be left out. */
export const eventNouns: Readonly<Record<EventType, string>> = {
  track: 'track event',
  identify: 'identify event',
  page: 'page visit',
  screen: 'screen visit',
  group: 'group event',
  alias: 'alias event',
};
