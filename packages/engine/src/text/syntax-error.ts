import { nearestWord } from './nearest-word.ts';

/** Where in a text something begins; both count from 1, columns in UTF-16 code units as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A text that is no condition. It names the place, what stands there, and what could. */
export class ConditionSyntaxError extends Error {
  readonly line: number;
  readonly column: number;
  /** As written: a word, a mark, a quoted text; empty at the end of the text. */
  readonly found: string;
  /**
   * What would be valid there: words and marks to type, and in angle brackets what stands for others,
   * `<number>`. Empty where something of the right kind is not allowed, which the message explains.
   */
  readonly expected: readonly string[];

  constructor(place: Place, found: string, expected: readonly string[], reason: string) {
    super(`line ${place.line}, column ${place.column}: ${reason}`);
    this.name = 'ConditionSyntaxError';
    this.line = place.line;
    this.column = place.column;
    this.found = found;
    this.expected = expected;
  }
}

/**
 * Something else should stand there.
 *
 * @param inShort What is expected, in place of a long list.
 */
export function unexpected(
  place: Place,
  found: string,
  expected: readonly string[],
  inShort: string | undefined,
): ConditionSyntaxError {
  const meant = nearestWord(found, expected);
  const what = found === '' ? 'the text ends' : `found ${found}`;
  const wanted = inShort ?? listed(expected);
  const question = meant === undefined ? '' : `; did you mean ${meant}?`;
  return new ConditionSyntaxError(place, found, expected, `${what}, expected ${wanted}${question}`);
}

function listed(expected: readonly string[]): string {
  const before = expected.slice(0, -1).join(', ');
  const last = expected.at(-1) ?? '';
  return before === '' ? last : `${before} or ${last}`;
}
