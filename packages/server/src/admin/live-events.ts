import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { LoggedEvent, LogRecord } from '@tenth/model/log-record.ts';
import type { TimelineEvent } from '@tenth/model/timeline-event.ts';

type Listener = (event: TimelineEvent) => void;

/** Hands committed events on to whoever is watching, and keeps none. */
export class LiveEvents {
  readonly #listeners = new Map<WorkspaceId, Set<Listener>>();

  /** @returns Ends the subscription. */
  subscribe(workspaceId: WorkspaceId, listener: Listener): () => void {
    const listeners = this.#listeners.get(workspaceId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(workspaceId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(workspaceId) === listeners) {
        this.#listeners.delete(workspaceId);
      }
    };
  }

  watchers(workspaceId: WorkspaceId): number {
    return this.#listeners.get(workspaceId)?.size ?? 0;
  }

  /** Costs nothing while nobody watches. */
  publish({ workspaceId, events }: Pick<LogRecord, 'workspaceId' | 'events'>): void {
    const listeners = this.#listeners.get(workspaceId);
    if (listeners === undefined) {
      return;
    }
    for (const logged of events) {
      const event = toTimelineEvent(logged);
      for (const listener of listeners) {
        listener(event);
      }
    }
  }
}

export function toTimelineEvent({ event, profileId, session, trace }: LoggedEvent): TimelineEvent {
  const { arrival } = event;
  return {
    messageId: event.messageId,
    at: new Date(event.at).toISOString(),
    type: event.type,
    name: event.name,
    profileId,
    userId: event.userId ?? null,
    anonymousId: event.anonymousId ?? null,
    sessionId: session?.id ?? '',
    channel: session?.channel ?? arrival.channel,
    source: session?.source ?? arrival.source,
    device: event.device.type,
    isBot: event.isBot,
    pagePath: event.page?.path ?? '',
    // JSON came in, so JSON it is; the two types differ in `readonly` alone.
    properties: (event.type === 'identify' || event.type === 'group'
      ? event.traits
      : event.properties) as TimelineEvent['properties'],
    trace: trace ?? null,
  };
}
