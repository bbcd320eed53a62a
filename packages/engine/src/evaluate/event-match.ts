import { eventKey, isSegmentEvent, type SiteEvent } from '@tenth/model/event.ts';
import type { EventFilter, EventMatch } from '@tenth/model/event-match.ts';
import { isJsonObject, type Json, readPath } from '@tenth/model/json.ts';
import { compileTimeless, describeTest } from './value-test.ts';

export type EventTest = (event: SiteEvent) => boolean;

/** Reads a dotted path such as `properties.price` or `page.category` from an event. */
export function readEvent(event: SiteEvent, path: string): Json | undefined {
  const dot = path.indexOf('.');
  const root = dot === -1 ? path : path.slice(0, dot);
  const rest = path.slice(dot + 1);
  switch (root) {
    case 'name':
      return event.name;
    case 'properties':
      return Object.hasOwn(event.properties, rest)
        ? event.properties[rest]
        : readPath(event.properties, rest);
    case 'traits':
      return readPath(event.traits, rest);
    case 'page':
      return readPage(event, rest);
    case 'context': {
      const context = event.payload['context'];
      return isJsonObject(context) ? readPath(context, rest) : undefined;
    }
    default:
      return undefined;
  }
}

function readPage(event: SiteEvent, field: string): string | undefined {
  switch (field) {
    case 'url':
      return event.page?.url;
    case 'path':
      return event.page?.path;
    case 'title':
      return event.page?.title;
    case 'category':
      return event.page?.category;
    case 'name':
      return event.page?.name;
    default:
      return undefined;
  }
}

export function compileFilters(filters: readonly EventFilter[]): EventTest {
  const compiled = filters.map(({ path, test }) => ({ path, passes: compileTimeless(test) }));
  return (event) => {
    for (const { path, passes } of compiled) {
      if (!passes(readEvent(event, path), event.at)) {
        return false;
      }
    }
    return true;
  };
}

/**
 * Whether an event is one of those meant: type, name where one is given, and every filter. Those that
 * Tenth makes itself are meant only where they are named.
 */
export function compileEventMatch(match: EventMatch): EventTest {
  const filtered = match.where === undefined ? undefined : compileFilters(match.where);
  return (event) =>
    event.type === match.type &&
    (match.name === undefined ? !isSegmentEvent(event) : event.name === match.name) &&
    (filtered === undefined || filtered(event));
}

/** Key under which the plan files what an event match listens to; a track match without a name hears all. */
export function keyOfMatch(match: EventMatch): string {
  return match.type === 'track' && match.name === undefined
    ? ANY_TRACK
    : eventKey({ type: match.type, name: match.name ?? '' });
}

export const ANY_TRACK = 'track:*';

export function describeFilters(filters: readonly EventFilter[]): string {
  return filters.map(({ path, test }) => `${path} ${describeTest(test)}`).join(' and ');
}

export function describeMatch(match: EventMatch): string {
  const name = match.name === undefined ? match.type : match.name;
  return match.where === undefined ? name : `${name} where ${describeFilters(match.where)}`;
}
