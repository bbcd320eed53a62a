import type { DecisionRow, EventRow, PersonLinkRow } from './rows.ts';

/** Columns whose text is itself JSON. */
const jsonColumns = new Set(['payload', 'enrichment', 'trace']);

/**
 * One row as a line of JSONEachRow.
 *
 * ClickHouse refuses the whole insert over one half of a surrogate pair (`\ud800`), which any page can
 * send, so such halves become U+FFFD.
 */
export function toJsonLine(row: EventRow | DecisionRow | PersonLinkRow): string {
  const line = JSON.stringify(row);
  // Whole pairs are written as themselves: an escaped surrogate is a half, or part of somebody's text.
  return /\\ud[89a-f]/.test(line) ? JSON.stringify(row, mend) : line;
}

function mend(column: string, value: unknown): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  return jsonColumns.has(column)
    ? value.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\\ufffd')
    : value.replace(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
        '\ufffd',
      );
}
