/** A value of a row in ClickHouse's TabSeparated format. */
export type TabValue = string | number | boolean | readonly string[];

const SPECIAL = /[\\\t\n]/;

/** One row as a line of TabSeparated, without its end. */
export function toTabLine(values: readonly TabValue[]): string {
  return values.map(toText).join('\t');
}

function toText(value: TabValue): string {
  switch (typeof value) {
    case 'string':
      return SPECIAL.test(value) ? escapeText(value) : value;
    case 'number':
      // A sum of prices may overflow; the log's own sums should not.
      return Number.isFinite(value) ? String(value) : '0';
    case 'boolean':
      return value ? '1' : '0';
    default:
      return `[${value.map(quoted).join(',')}]`;
  }
}

/** A member of an array stands in quotes; the line's own escapes are its only ones. */
function quoted(text: string): string {
  return `'${escapeText(text).replaceAll("'", "\\'")}'`;
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}
