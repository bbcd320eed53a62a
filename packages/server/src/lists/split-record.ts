const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The delimiter that the first line has most often; a comma where it has none. */
export function findDelimiter(firstLine: string): Delimiter {
  const outsideQuotes = firstLine.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter) => outsideQuotes.split(delimiter).length;
  return delimiters.reduce((best, other) => (count(other) > count(best) ? other : best));
}

export type SplitRecord =
  | { readonly kind: 'cells'; readonly cells: readonly string[] }
  /** A quoted cell goes on in the next line. */
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * The cells of a CSV record. A cell is quoted where its first character is a quote; elsewhere quotes
 * are characters like others.
 *
 * @source RFC 4180, section 2
 */
export function splitRecord(text: string, delimiter: Delimiter): SplitRecord {
  if (!text.includes('"')) {
    return { kind: 'cells', cells: text.split(delimiter) };
  }
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let end = text.indexOf(delimiter, at);
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === -1) {
        return { kind: 'open' };
      }
      if (close + 1 < text.length && text[close + 1] !== delimiter) {
        return { kind: 'broken', reason: 'has text after a closing quote' };
      }
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
      end = close + 1 < text.length ? close + 1 : -1;
    } else {
      cells.push(text.slice(at, end === -1 ? undefined : end));
    }
    if (end === -1) {
      return { kind: 'cells', cells };
    }
    at = end + 1;
  }
}

/** A quote that is no half of a double one. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') {
    at = text.indexOf('"', at + 2);
  }
  return at;
}
