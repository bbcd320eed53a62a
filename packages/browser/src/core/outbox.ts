import { report } from './guarded.ts';
import { changeQueue, clearQueue, readQueue } from './kept-queue.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import { postBatch } from './post-batch.ts';

/** Events of one burst (a page view and what the page reports with it) share a request. */
const GATHER_MS = 10;

/** Keepalive requests and beacons of a page share 64 KB in flight. */
const MAX_BODY_BYTES = 58_000;

/** The collector's limit for one event. */
const MAX_EVENT_BYTES = 32_000;

const MAX_PENDING = 200;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

export interface OutboxDeps {
  readonly url: string;
  /** Called before anything is sent or an answer is used: after a no elsewhere all is dropped. */
  readonly heed: () => void;
  /** The rest of the body around a batch, which is given as JSON. */
  readonly wrap: (batchJson: string) => string;
  /** @param batch What the reply answers, as it was given to `add` or kept by an earlier page. */
  readonly onReply: (
    reply: Readonly<Record<string, unknown>>,
    batch: readonly OutgoingEvent[],
  ) => void;
}

/** Delivers events in order, one request at a time, until the server has answered for them. */
export interface Outbox {
  add(event: OutgoingEvent): void;
  /** Allows (and takes up) the queue kept over page loads, or forbids and empties it. */
  keep(isKept: boolean): void;
  /** Hands what is left to the browser, because the page may end now. */
  flush(): void;
  /** Forgets everything not yet sent. */
  drop(): void;
}

/** `한` counts as three, as it does on the wire. */
function sizeOf(event: OutgoingEvent): number {
  return new Blob([JSON.stringify(event)]).size;
}

/** As many events from the front as fit into one body. */
function takeChunk(events: readonly OutgoingEvent[]): OutgoingEvent[] {
  let size = 0;
  const end = events.findIndex((event) => {
    size += sizeOf(event);
    return size > MAX_BODY_BYTES;
  });
  return events.slice(0, end < 0 ? events.length : Math.max(1, end));
}

export function createOutbox(deps: OutboxDeps): Outbox {
  let pending: OutgoingEvent[] = [];
  let inFlight: readonly OutgoingEvent[] = [];
  let isKept = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function schedule(delayMs: number): void {
    if (timer === undefined) {
      timer = setTimeout(() => {
        timer = undefined;
        send().catch(report);
      }, delayMs);
    }
  }

  function remove(events: readonly OutgoingEvent[]): void {
    pending = pending.filter((event) => !events.includes(event));
  }

  async function send(): Promise<void> {
    deps.heed();
    const batch = inFlight.length ? [] : takeChunk(pending);
    if (!batch.length) {
      return;
    }
    inFlight = batch;
    const outcome = await postBatch(deps.url, deps.wrap(JSON.stringify(batch)));
    inFlight = [];
    deps.heed();
    if (outcome.kind === 'failed') {
      report(outcome.cause);
      // Doubling, and spread by up to a half so that a shop's visitors do not return all at once.
      const delayMs = Math.min(FIRST_RETRY_MS * 2 ** failures++, MAX_RETRY_MS);
      schedule(delayMs * (1 + Math.random() / 2));
      return;
    }
    failures = 0;
    // Dropped meanwhile: the visitor said no, so nothing may come of it.
    const isWanted = batch.every((event) => pending.includes(event));
    remove(batch);
    if (isKept) {
      changeQueue(batch, []);
    }
    if (pending.length) {
      schedule(0);
    }
    if (outcome.kind === 'answered' && isWanted) {
      deps.onReply(outcome.reply, batch);
    }
  }

  return {
    add(event) {
      if (sizeOf(event) > MAX_EVENT_BYTES) {
        report(`${event.type} is over 32 KB`);
        return;
      }
      pending = [...pending, event].slice(-MAX_PENDING);
      if (isKept) {
        changeQueue([], [event]);
      }
      schedule(GATHER_MS);
    },
    keep(mayKeep) {
      isKept = mayKeep;
      if (isKept) {
        const known = new Set(pending.map((event) => event.messageId));
        pending = [...readQueue().filter((event) => !known.has(event.messageId)), ...pending];
        changeQueue([], pending);
        if (pending.length) {
          schedule(GATHER_MS);
        }
      } else {
        clearQueue();
      }
    },
    flush() {
      deps.heed();
      const waiting = pending.filter((event) => !inFlight.includes(event));
      for (let batch = takeChunk(waiting); batch.length; batch = takeChunk(waiting)) {
        waiting.splice(0, batch.length);
        // The kept queue still holds them: a beacon that got lost is repeated by the next page.
        if (navigator.sendBeacon(deps.url, deps.wrap(JSON.stringify(batch)))) {
          remove(batch);
        }
      }
    },
    drop() {
      pending = [];
    },
  };
}
