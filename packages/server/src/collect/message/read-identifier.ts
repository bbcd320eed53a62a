import type { Json } from '@tenth/model/json.ts';
import { collectLimits } from '../limits.ts';
import { Refusal } from './refusal.ts';

/**
 * Values that stand for nobody: placeholders of broken integrations, which would make one person
 * of all visitors. Compared without case, white space and quotes around them.
 *
 * @source Segment Unify's blocked values and PostHog's illegal ids
 */
const NOBODY: ReadonlySet<string> = new Set([
  ...['anonymous', 'guest', 'distinctid', 'distinct_id', 'id', 'not_authenticated', 'email'],
  ...['undefined', 'true', 'false', '', '[object object]', 'nan', 'none', 'null', '-1'],
]);
const ONLY_ZEROS = /^[0-]*$/;
/** The longest word of the list, with quotes. */
const MAX_NOBODY_CHARS = 20;

/**
 * Reads userId, anonymousId and the like. Numbers become strings; `undefined` where the field is
 * absent, null, empty, or holds a value that stands for nobody.
 */
export function readIdentifier(
  value: Json | undefined,
  field: string,
): string | undefined | Refusal {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    // Beyond it, JavaScript reads neighbouring numbers as one, and would merge two people.
    return new Refusal(field, 'is too large for a number; send it as a string');
  }
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    return new Refusal(field, 'must be a string or a number');
  }
  if (text.length > collectLimits.maxIdentifierChars) {
    return new Refusal(field, `must have at most ${collectLimits.maxIdentifierChars} characters`);
  }
  return isNobody(text) ? undefined : text;
}

function isNobody(text: string): boolean {
  const bare = text.trim();
  if (ONLY_ZEROS.test(bare)) {
    return true;
  }
  if (bare.length > MAX_NOBODY_CHARS) {
    return false;
  }
  const unquoted = bare.replace(/^(['"])(.*)\1$/, '$2').trim();
  return NOBODY.has(unquoted.toLowerCase()) || ONLY_ZEROS.test(unquoted);
}
