import type { z } from 'zod';
import type { Cursor } from './cursor.ts';
import { parseList } from './parse-test.ts';

/** An id, a level or a value: a bare word, or anything in quotation marks. */
export function parseWord(cursor: Cursor, label: string): string {
  return cursor.expectToken(['word', 'text'], label).value;
}

export function parseId<Schema extends z.ZodType>(
  cursor: Cursor,
  id: Schema,
  label: string,
): z.output<Schema> {
  const token = cursor.expectToken(['word', 'text'], `${label} id`);
  return cursor.check(id, token.value, token);
}

/** `is high` or `is any of high, mid`. */
export function parseChoice<Item>(cursor: Cursor, item: (cursor: Cursor) => Item): Item[] {
  if (cursor.tryPhrase('is any of')) {
    return parseList(cursor, item);
  }
  cursor.expectPhrase('is');
  return [item(cursor)];
}
