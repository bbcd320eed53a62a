import type { TimelineEvent } from '@tenth/model/timeline-event.ts';

// A screen's worth many times over, and little enough to draw at once.
export const mostEvents = 200;

export interface LiveList {
  /** The latest first. */
  readonly shown: readonly TimelineEvent[];
  /** Came while paused; the latest first. */
  readonly waiting: readonly TimelineEvent[];
  readonly isPaused: boolean;
}

export const emptyList: LiveList = { shown: [], waiting: [], isPaused: false };

function add(events: readonly TimelineEvent[], event: TimelineEvent): readonly TimelineEvent[] {
  // A reconnect, and the list's start, can bring an event that is here already.
  return events.some((one) => one.messageId === event.messageId)
    ? events
    : [event, ...events].slice(0, mostEvents);
}

export function receive(list: LiveList, event: TimelineEvent): LiveList {
  if (!list.isPaused) {
    return { ...list, shown: add(list.shown, event) };
  }
  const isHere = list.shown.some((one) => one.messageId === event.messageId);
  return isHere ? list : { ...list, waiting: add(list.waiting, event) };
}

/** Events from before, the latest first, put under those that came since. */
export function startWith(list: LiveList, earlier: readonly TimelineEvent[]): LiveList {
  const here = new Set([...list.shown, ...list.waiting].map((event) => event.messageId));
  const older = earlier.filter((event) => !here.has(event.messageId));
  return { ...list, shown: [...list.shown, ...older].slice(0, mostEvents) };
}

export function pause(list: LiveList): LiveList {
  return { ...list, isPaused: true };
}

export function resume(list: LiveList): LiveList {
  return {
    shown: [...list.waiting, ...list.shown].slice(0, mostEvents),
    waiting: [],
    isPaused: false,
  };
}

/** By part of the name, or of the type where an event has no name of its own. */
export function filterEvents(
  events: readonly TimelineEvent[],
  wanted: string,
): readonly TimelineEvent[] {
  const part = wanted.trim().toLowerCase();
  return part === ''
    ? events
    : events.filter((event) => `${event.name} ${event.type}`.toLowerCase().includes(part));
}
