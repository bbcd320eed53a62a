import { segmentEvents } from '@tenth/model/event.ts';
import type { EventFilter, EventMatch } from '@tenth/model/event-match.ts';
import type { Test } from '@tenth/model/value-test.ts';
import { eventPathSql } from './event-path-sql.ts';
import type { SqlParams } from './query.ts';
import { type Clock, testSql } from './value-test-sql.ts';

/**
 * SQL that holds for the rows of `events` that an event match means, with the engine's meaning. Values
 * and paths are bound. The event's name stands first, since the table is sorted by it.
 */
export function eventMatchSql(match: EventMatch, params: SqlParams): string {
  const type = params.bind('String', match.type);
  const name = match.name === undefined ? undefined : params.bind('String', match.name);
  const conditions = [
    match.type === 'track'
      ? name === undefined
        ? [`event NOT IN ${params.bind('Array(String)', Object.values(segmentEvents))}`]
        : [`event = ${name}`]
      : [`event = ${type}`, ...(name === undefined ? [] : [`name = ${name}`])],
    [`type = ${type}`],
    (match.where ?? []).map((filter) => filterSql(filter, params)),
  ].flat();
  return `(${conditions.join(' AND ')})`;
}

function filterSql(filter: EventFilter, params: SqlParams): string {
  return (
    pageColumnSql(filter, params) ??
    testSql(filter.test, eventPathSql(filter.path, params), params, noClock)
  );
}

/** Tests of events are told from no clock; see `eventTest`. */
const noClock: Clock = { now: 0, timeZone: 'UTC' };

/**
 * The page's own columns are read where that says the same as the JSON: they hold an empty text also for
 * an event without a page, so a test that could pass on an empty text is left to the JSON.
 */
function pageColumnSql({ path, test }: EventFilter, params: SqlParams): string | undefined {
  if (!path.startsWith('page.') || !failsOnEmptyText(test)) {
    return undefined;
  }
  return testSql(
    test,
    `toJSONString(toString(page_${path.slice('page.'.length)}))`,
    params,
    noClock,
  );
}

function failsOnEmptyText(test: Test): boolean {
  switch (test.op) {
    case 'is':
      return test.value !== '';
    case 'in':
      return !test.values.includes('');
    case 'contains':
    case 'contains_any':
    case 'starts_with':
    case 'ends_with':
      return true;
    default:
      return false;
  }
}
