import type { EventFilter, EventMatch } from '@tenth/model/event-match.ts';
import { eventNouns } from './event-words.ts';
import { printTest } from './print-test.ts';
import { quoteText, spellPath } from './spelling.ts';

/** `"Product Viewed" where (properties.price >= 10000)`, `page visit "Home"`. */
export function printEventMatch({ type, name, where }: EventMatch): string {
  const called = name === undefined ? '' : quoteText(name);
  const event = type === 'track' && called !== '' ? called : `${eventNouns[type]} ${called}`.trim();
  return where === undefined ? event : `${event} ${printFilters(where)}`;
}

export function printFilters(filters: readonly EventFilter[]): string {
  const tests = filters.map(({ path, test }) => `${spellPath(path)} ${printTest(test)}`);
  return `where (${tests.join(' and ')})`;
}
