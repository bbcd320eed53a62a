import type { Json } from '@tenth/model/json.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import { Refusal } from './refusal.ts';

/** What `toISOString` makes, which nearly all clients send. */
const PLAIN_ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Also one-digit months and days (in Segment's own batch example), a space for the T, and Python's zones. */
const ISO =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const MAX_ISO_CHARS = 40;

/** Before web shops, and what a clock that was never set, or a time in seconds, comes out as. */
const EARLIEST_MS: EpochMs = Date.UTC(2000, 0, 1);
/** Room for a device whose owner set another time zone by hand. */
const MAX_AHEAD_MS = DAY_MS;

/** ISO 8601 (without a zone: UTC) or milliseconds since 1970; `undefined` where absent or null. */
export function readTime(value: Json | undefined, field: string): EpochMs | undefined | Refusal {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value === 'number') {
    return Math.abs(value) <= 8.64e15 ? Math.trunc(value) : notATime(field);
  }
  return typeof value === 'string' ? readIso(value, field) : notATime(field);
}

function readIso(text: string, field: string): EpochMs | Refusal {
  const at = PLAIN_ISO.test(text) ? Date.parse(text) : Date.parse(toPlainIso(text));
  return Number.isNaN(at) ? notATime(field) : at;
}

/** Empty where the text is no ISO time. */
function toPlainIso(text: string): string {
  const parts = text.length > MAX_ISO_CHARS ? null : ISO.exec(text);
  if (parts === null) {
    return '';
  }
  const [, year = '', month = '', day = '', time = '00:00', zone = 'Z'] = parts;
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/(\d\d)(\d\d)$/, '$1:$2');
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return `${date}T${time.replace(',', '.')}${offset.toUpperCase()}`;
}

function notATime(field: string): Refusal {
  return new Refusal(field, 'must be an ISO 8601 time or milliseconds since 1970');
}

export interface EventClock {
  readonly receivedAt: EpochMs;
  /** By the client's clock, when it sent the request. */
  readonly sentAt: EpochMs | undefined;
  /** By the client's clock, when the event happened. */
  readonly originalTimestamp: EpochMs | undefined;
}

/**
 * When the event happened by the server's clock: `receivedAt - (sentAt - originalTimestamp)`, so
 * that a wrong clock of the client cancels out. Without `sentAt` the client's word is taken; without
 * a timestamp the event happened when it arrived. Nothing happened after it arrived: what is up to
 * 24 h ahead counts as now, and what is further ahead is refused.
 */
export function correctClock({
  receivedAt,
  sentAt,
  originalTimestamp,
}: EventClock): EpochMs | Refusal {
  if (originalTimestamp === undefined) {
    return receivedAt;
  }
  const at = sentAt === undefined ? originalTimestamp : receivedAt - (sentAt - originalTimestamp);
  if (at < EARLIEST_MS) {
    return new Refusal('timestamp', 'lies before the year 2000; give milliseconds, not seconds');
  }
  if (at > receivedAt + MAX_AHEAD_MS) {
    return new Refusal('timestamp', 'lies more than 24 hours in the future');
  }
  return Math.min(at, receivedAt);
}
