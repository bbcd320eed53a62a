import type { Condition } from '@tenth/model/condition.ts';
import { Cursor } from './cursor.ts';
import { tryLeaf } from './parse-leaf.ts';

/** Brackets within brackets; far more than a plan takes, and few enough to read without end of stack. */
const MOST_NESTED = 100;
/** As many parts as the model lets a group have. */
const MOST_PARTS = 50;

/**
 * Reads a condition from its text; docs/conditions.md has the grammar. Spaces and line breaks only part
 * words, keywords may be in capitals.
 *
 * @throws {ConditionSyntaxError} where the text is none, with the place and what would be valid there.
 */
export function parseCondition(text: string): Condition {
  const cursor = new Cursor(text);
  const condition = parseAny(cursor, 0);
  if (cursor.tryToken(['end'], 'end') === undefined) {
    cursor.fail();
  }
  return condition;
}

/** `or` binds less than `and`. */
function parseAny(cursor: Cursor, depth: number): Condition {
  return parseJoined(cursor, 'or', () => parseAll(cursor, depth));
}

function parseAll(cursor: Cursor, depth: number): Condition {
  return parseJoined(cursor, 'and', () => parsePart(cursor, depth));
}

function parseJoined(cursor: Cursor, joint: 'and' | 'or', part: () => Condition): Condition {
  const first = part();
  const of = [first];
  while (cursor.tryPhrase(joint)) {
    const start = cursor.peek();
    of.push(part());
    if (of.length > MOST_PARTS) {
      cursor.refuse(start, `no more than ${MOST_PARTS} conditions stand in one group`);
    }
  }
  return of.length === 1 ? first : { kind: joint === 'and' ? 'all' : 'any', of };
}

function parsePart(cursor: Cursor, depth: number): Condition {
  if (depth > MOST_NESTED) {
    cursor.refuse(cursor.peek(), `nested more than ${MOST_NESTED} deep`);
  }
  if (cursor.tryPhrase('(')) {
    return parseInBrackets(cursor, depth);
  }
  if (cursor.tryPhrase('everyone')) {
    return { kind: 'all', of: [] };
  }
  if (cursor.tryPhrase('nobody')) {
    return { kind: 'any', of: [] };
  }
  if (cursor.tryPhrase('all of (')) {
    return { kind: 'all', of: [parseInBrackets(cursor, depth)] };
  }
  if (cursor.tryPhrase('any of (')) {
    return { kind: 'any', of: [parseInBrackets(cursor, depth)] };
  }
  // Before `not`, since `not member` is a condition of its own.
  const leaf = tryLeaf(cursor);
  if (leaf !== undefined) {
    return leaf;
  }
  if (!cursor.tryPhrase('not')) {
    cursor.fail('a condition');
  }
  return { kind: 'not', of: parsePart(cursor, depth + 1) };
}

/** What follows an opening bracket, with the closing one. */
function parseInBrackets(cursor: Cursor, depth: number): Condition {
  const inner = parseAny(cursor, depth + 1);
  cursor.expectPhrase(')');
  return inner;
}
