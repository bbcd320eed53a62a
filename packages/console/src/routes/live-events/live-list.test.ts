import { expect, test } from 'vitest';
import { anEvent } from '../../testing/builders.ts';
import {
  emptyList,
  filterEvents,
  mostEvents,
  pause,
  receive,
  resume,
  startWith,
} from './live-list.ts';

const ids = (events: readonly { readonly messageId: string }[]) =>
  events.map((event) => event.messageId);

test('while paused, events wait, and come in their order on resuming', () => {
  let list = receive(emptyList, anEvent({ messageId: 'a' }));
  list = pause(list);
  list = receive(list, anEvent({ messageId: 'b' }));
  list = receive(list, anEvent({ messageId: 'c' }));
  expect(ids(list.shown)).toEqual(['a']);
  expect(ids(resume(list).shown)).toEqual(['c', 'b', 'a']);
});

test('an event that comes twice is listed once, paused or not', () => {
  const once = receive(emptyList, anEvent({ messageId: 'a' }));
  expect(ids(receive(once, anEvent({ messageId: 'a' })).shown)).toEqual(['a']);
  expect(receive(pause(once), anEvent({ messageId: 'a' })).waiting).toEqual([]);
  expect(
    ids(startWith(once, [anEvent({ messageId: 'a' }), anEvent({ messageId: '0' })]).shown),
  ).toEqual(['a', '0']);
});

test('the list does not grow without end', () => {
  let list = emptyList;
  for (let at = 0; at < mostEvents + 20; at += 1) {
    list = receive(list, anEvent({ messageId: `m${at}` }));
  }
  expect(list.shown).toHaveLength(mostEvents);
  expect(list.shown[0]?.messageId).toBe(`m${mostEvents + 19}`);
});

test('a filter looks at names, and at types for events without one', () => {
  const events = [
    anEvent({ messageId: 'a', name: 'Product Added' }),
    anEvent({ messageId: 'b', type: 'page', name: '' }),
  ];
  expect(ids(filterEvents(events, ' product '))).toEqual(['a']);
  expect(ids(filterEvents(events, 'page'))).toEqual(['b']);
});
