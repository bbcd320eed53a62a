import type { LogRecord } from '@tenth/model/log-record.ts';
import { decisionColumns, eventColumns, personLinkColumns } from './rows.ts';
import { toTabLine } from './tab-line.ts';
import { toRows } from './to-rows.ts';

/**
 * The text of one outbox row: what a group commit adds to the event log, as the lines to insert. They
 * are written once, at the commit, and the shipper adds only what is not known before: the batch, and
 * the sequence that follows from the outbox row's id.
 *
 * A line is its kind, for a decision the place of its event, and the row's values, all with tabs between.
 */
export function toLogText(records: readonly LogRecord[]): string {
  const lines: string[] = [];
  let firstPlace = 0;
  for (const record of records) {
    const { events, decisions, personLinks } = toRows(record);
    for (const row of events) {
      lines.push(`e\t${toTabLine(eventColumns.map((column) => row[column]))}`);
    }
    for (const { place, row } of decisions) {
      const values = toTabLine(decisionColumns.map((column) => row[column]));
      lines.push(`d\t${firstPlace + place}\t${values}`);
    }
    for (const row of personLinks) {
      lines.push(`p\t${toTabLine(personLinkColumns.map((column) => row[column]))}`);
    }
    firstPlace += events.length;
  }
  return lines.join('\n');
}

/** Lines to insert, a table each. Those of events and decisions begin with batch and sequence. */
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
  let place = 0;
  for (const line of text === '' ? [] : text.split('\n')) {
    if (line.startsWith('e\t')) {
      lines.events.push(`${batch}\t${base + BigInt(place)}\t${line.slice(2)}`);
      place += 1;
    } else if (line.startsWith('d\t')) {
      const end = line.indexOf('\t', 2);
      const seq = base + BigInt(line.slice(2, end));
      lines.decisions.push(`${batch}\t${seq}\t${line.slice(end + 1)}`);
    } else if (line.startsWith('p\t')) {
      lines.personLinks.push(line.slice(2));
    } else {
      throw new Error('a line of no known kind');
    }
  }
}
