import { isJsonObject } from '@tenth/model/json.ts';
import { eventStreamPath, type TimelineEvent } from '@tenth/model/timeline-event.ts';

export type StreamState = 'connecting' | 'open' | 'reconnecting';

/** The part of the browser's EventSource that is used, so that tests can stand in for it. */
export interface Source {
  readonly readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  onmessage: ((message: { readonly data: string }) => void) | null;
  close(): void;
}

interface StreamDeps {
  readonly open: (path: string) => Source;
  readonly wait: (run: () => void, ms: number) => () => void;
}

const closed = 2;
// An EventSource reconnects by itself after a cut, but gives up for good on an HTTP error.
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

const browserDeps: StreamDeps = {
  // An EventSource calls its handlers with an event that Source's handlers may ignore.
  open: (path) => new EventSource(path) as unknown as Source,
  wait: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Follows the workspace's events until the returned function is called. A message that cannot be
 * read is passed over: the stream is for watching, the log keeps everything.
 */
export function followEvents(
  on: {
    readonly event: (event: TimelineEvent) => void;
    readonly state: (state: StreamState) => void;
  },
  deps: StreamDeps = browserDeps,
): () => void {
  let source: Source | undefined;
  let stopWaiting: (() => void) | undefined;
  let waitMs = firstWaitMs;

  const connect = () => {
    const current = deps.open(eventStreamPath);
    source = current;
    current.onopen = () => {
      waitMs = firstWaitMs;
      on.state('open');
    };
    current.onmessage = ({ data }) => {
      const event = readEvent(data);
      if (event !== undefined) {
        on.event(event);
      }
    };
    current.onerror = () => {
      on.state('reconnecting');
      if (current.readyState === closed) {
        current.close();
        stopWaiting = deps.wait(connect, waitMs);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      }
    };
  };

  on.state('connecting');
  connect();
  return () => {
    stopWaiting?.();
    source?.close();
  };
}

function readEvent(data: string): TimelineEvent | undefined {
  try {
    const parsed: unknown = JSON.parse(data);
    // The server writes what its schema allows; this tells an event from a greeting or a ping.
    return isJsonObject(parsed) && typeof parsed.messageId === 'string'
      ? (parsed as unknown as TimelineEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
