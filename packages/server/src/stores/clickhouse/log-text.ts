import type { LogRecord } from '@tenth/model/log-record.ts';
import { toJsonLine } from './json-line.ts';
import { toRows } from './to-rows.ts';

/**
 * The text of one outbox row: what a group commit adds to the event log, as the lines to insert. They
 * are written once, at the commit, and the shipper adds only what is not known before: the batch, and
 * the sequence that follows from the outbox row's id.
 *
 * A line is its kind, for a decision the place of its event, and the row as JSON without its sequence:
 * `e{…}`, `d12{…}`, `p{…}`.
 */
export function toLogText(records: readonly LogRecord[]): string {
  const lines: string[] = [];
  let firstPlace = 0;
  for (const record of records) {
    const { events, decisions, personLinks } = toRows(record);
    for (const row of events) {
      lines.push(`e${toJsonLine(row)}`);
    }
    for (const { place, row } of decisions) {
      lines.push(`d${firstPlace + place}${toJsonLine(row)}`);
    }
    for (const row of personLinks) {
      lines.push(`p${toJsonLine(row)}`);
    }
    firstPlace += events.length;
  }
  return lines.join('\n');
}

/** Lines to insert, a table each. */
export interface LogLines {
  readonly events: string[];
  readonly decisions: string[];
  readonly personLinks: string[];
}

/** An outbox row holds at most 2^20 events; 44 bits are left for its id, 500 years of 1,000 a second. */
const PLACE_BITS = 20n;

/**
 * Adds the lines of one outbox row to those of its batch. The same text, id and batch give the same
 * lines, so that a batch sent again is the same batch.
 *
 * @throws {Error} The text is not one of {@link toLogText}.
 */
export function addLogLines(
  text: string,
  { outboxId, batch }: { readonly outboxId: bigint; readonly batch: bigint },
  lines: LogLines,
): void {
  const base = outboxId << PLACE_BITS;
  const head = `{"batch":"${batch}","seq":"`;
  let place = 0;
  for (const line of text === '' ? [] : text.split('\n')) {
    const start = line.indexOf('{');
    if (line.startsWith('e')) {
      lines.events.push(`${head}${base + BigInt(place)}",${line.slice(start + 1)}`);
      place += 1;
    } else if (line.startsWith('d')) {
      const seq = base + BigInt(line.slice(1, start));
      lines.decisions.push(`${head}${seq}",${line.slice(start + 1)}`);
    } else if (line.startsWith('p')) {
      lines.personLinks.push(line.slice(start));
    } else {
      throw new Error('a line of no known kind');
    }
  }
}
