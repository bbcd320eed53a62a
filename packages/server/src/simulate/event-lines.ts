import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import { z } from 'zod';
import { RUN_COLUMNS, recordedColumns, toRecorded } from '../replay/recorded-row.ts';

/*
 * Sorted events on their way from the log to a thread: a line each, of three texts of JSON with tabs
 * between. The two long ones go as they are kept; put into JSON as texts, they would be escaped and read
 * twice, which took a fifth of a simulation. JSON as the log keeps it has neither tabs nor line ends.
 */

const LONG = ['payload', 'enrichment'];
const names = RUN_COLUMNS.split(',').map((name) => name.trim());
const short = names.filter((name) => !LONG.includes(name));

/** What to select from a table with these columns, in the format TabSeparatedRaw. */
export const LINE_COLUMNS = `toJSONString((person, toString(seq), ${short.join(', ')})), ${LONG.join(', ')}`;

const head = z.array(z.union([z.string(), z.number(), z.boolean()]));
const row = recordedColumns.extend({ person: z.string() });

export interface PersonEvent {
  readonly person: string;
  readonly recorded: RecordedEvent;
}

/** @throws {Error} The line is not one that {@link LINE_COLUMNS} gives. */
export function parseEventLine(line: string): PersonEvent {
  const [texts, payload, enrichment] = line.split('\t');
  const [person, place, ...values] = parseHead(texts);
  const found: Record<string, unknown> = { person, place, payload, enrichment };
  short.forEach((name, index) => {
    found[name] = values[index];
  });
  const checked = row.parse(found);
  return { person: checked.person, recorded: toRecorded(checked) };
}

/** The place of a line, after which the next page begins. */
export function placeOfLine(line: string): { readonly person: string; readonly seq: string } {
  const [person, seq] = parseHead(line.split('\t', 1)[0]);
  return { person: String(person), seq: String(seq) };
}

function parseHead(text: string | undefined): readonly (string | number | boolean)[] {
  return head.parse(JSON.parse(text ?? ''));
}
