import { expect, test } from 'vitest';
import { anEvent } from '../testing/builders.ts';
import { followEvents, type Source, type StreamState } from './event-stream.ts';

function setUp() {
  const sources: (Source & { readyState: number; isClosed: boolean })[] = [];
  const waits: { readonly run: () => void; readonly ms: number }[] = [];
  const states: StreamState[] = [];
  const seen: string[] = [];
  const stop = followEvents(
    { event: (event) => seen.push(event.messageId), state: (state) => states.push(state) },
    {
      open: () => {
        const source = {
          readyState: 0,
          isClosed: false,
          onopen: null,
          onerror: null,
          onmessage: null,
          close() {
            source.isClosed = true;
          },
        };
        sources.push(source);
        return source;
      },
      wait: (run, ms) => {
        waits.push({ run, ms });
        return () => undefined;
      },
    },
  );
  return { sources, waits, states, seen, stop };
}

test('events are passed on, and what is no event is passed over', () => {
  const { sources, seen } = setUp();
  sources[0]?.onmessage?.({ data: JSON.stringify(anEvent({ messageId: 'm1' })) });
  sources[0]?.onmessage?.({ data: 'not json' });
  sources[0]?.onmessage?.({ data: '{"hello":true}' });
  expect(seen).toEqual(['m1']);
});

test('a cut is left to the browser, a refusal is tried again with growing waits', () => {
  const { sources, waits, states } = setUp();
  sources[0]?.onerror?.();
  expect(waits).toHaveLength(0);
  for (const expected of [1_000, 2_000]) {
    const source = sources.at(-1);
    if (source !== undefined) {
      source.readyState = 2;
      source.onerror?.();
    }
    expect(waits.at(-1)?.ms).toBe(expected);
    waits.at(-1)?.run();
  }
  sources.at(-1)?.onopen?.();
  expect(states.at(-1)).toBe('open');
});

test('stopping closes the connection', () => {
  const { sources, stop } = setUp();
  stop();
  expect(sources[0]?.isClosed).toBe(true);
});
