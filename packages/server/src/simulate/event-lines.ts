import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import { z } from 'zod';
import { RUN_COLUMNS, recordedColumns, toRecorded } from '../replay/recorded-row.ts';

/*
 * Sorted events on their way from the log to a thread: a line each, of three texts of JSON with tabs
 * between. The two long ones go as they are kept; put into JSON as texts, they would be escaped and read
 * twice. JSON as the log keeps it has neither tabs nor line ends.
 */

const LONG = ['payload', 'enrichment'];
const SHORT = RUN_COLUMNS.split(',')
  .map((name) => name.trim())
  .filter((name) => !LONG.includes(name));

const MEMBERS = [
  '\'{"person":\'',
  'toJSONString(person)',
  '\',"place":\'',
  'toJSONString(toString(seq))',
  ...SHORT.flatMap((name) => [`',"${name}":'`, `toJSONString(${name})`]),
  "'}'",
];

/** What to select from a table with these columns, in the format TabSeparatedRaw. */
export const LINE_COLUMNS = `concat(${MEMBERS.join(', ')}), ${LONG.join(', ')}`;

const row = recordedColumns.extend({ person: z.string() });
const placeRow = z.object({ person: z.string(), place: z.string() });

export interface PersonEvent {
  readonly person: string;
  readonly recorded: RecordedEvent;
}

type Row = z.infer<typeof row>;

/**
 * The events of a page. The log wrote all of its lines in one way, so the first of them is checked in
 * place of all: checking each took a fifth of a simulation.
 *
 * @throws {Error} The lines are not those that {@link LINE_COLUMNS} gives.
 */
export function* readEventLines(page: string): Generator<PersonEvent> {
  const lines = page === '' ? [] : page.split('\n');
  for (const [index, line] of lines.entries()) {
    const found = index === 0 ? checked(readLine(line)) : readLine(line);
    yield { person: found.person, recorded: toRecorded(found) };
  }
}

function readLine(line: string): Row {
  const [columns = '', payload = '', enrichment = ''] = line.split('\t');
  // Checked for the first line of a page, and by its likeness for the others.
  const found = JSON.parse(columns) as { -readonly [Name in keyof Row]: Row[Name] };
  found.payload = payload;
  found.enrichment = enrichment;
  return found;
}

/** @throws {Error} A column is not there, or not as it is read: a number that comes as a text, say. */
function checked(found: Row): Row {
  const parsed = row.parse(found);
  const wrong = Object.entries(parsed).find(([name, value]) => value !== Reflect.get(found, name));
  if (wrong !== undefined) {
    throw new Error(`the column ${wrong[0]} does not come as it is read`);
  }
  return found;
}

/** The place of a line, after which the next page begins. */
export function placeOfLine(line: string): { readonly person: string; readonly seq: string } {
  const [columns = ''] = line.split('\t', 1);
  const { person, place } = placeRow.parse(JSON.parse(columns));
  return { person, seq: place };
}
