import type { DecisionRow, EventRow, PersonLinkRow } from './rows.ts';

/** Columns whose text is itself JSON. */
const jsonColumns = new Set(['payload', 'enrichment', 'trace']);

/**
 * One row as a line of JSONEachRow. What is empty, zero or false is left out, being each column's
 * default: most columns of most events.
 *
 * ClickHouse refuses the whole insert over one half of a surrogate pair (`\ud800`), which any page can
 * send, so such halves become U+FFFD.
 */
export function toJsonLine(row: EventRow | DecisionRow | PersonLinkRow): string {
  const line = write(row, (_, value) => JSON.stringify(value));
  // Whole pairs are written as themselves: an escaped surrogate is a half, or part of somebody's text.
  return /\\ud[89a-f]/.test(line)
    ? write(row, (column, value) => JSON.stringify(mend(column, value)))
    : line;
}

function write(
  row: EventRow | DecisionRow | PersonLinkRow,
  toJson: (column: string, value: string) => string,
): string {
  const cells: readonly (readonly [string, string | number | boolean])[] = Object.entries(row);
  let line = '{';
  for (const [column, value] of cells) {
    if (value !== '' && value !== 0 && value !== false) {
      const json = typeof value === 'string' ? toJson(column, value) : JSON.stringify(value);
      line += `${line === '{' ? '' : ','}"${column}":${json}`;
    }
  }
  return `${line}}`;
}

function mend(column: string, value: string): string {
  return jsonColumns.has(column)
    ? value.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\\ufffd')
    : value.replace(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
        '\ufffd',
      );
}
