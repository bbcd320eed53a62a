export type Splitting =
  | { readonly kind: 'whole' }
  /** A quoted cell goes on in the next line. */
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * The cells of one CSV record, line by line. A cell is quoted where its first character is a quote;
 * elsewhere quotes are characters like others.
 *
 * @source RFC 4180, section 2
 */
export class CellSplitter {
  readonly cells: string[] = [];
  readonly #delimiter: string;
  /** Of the quoted cell that goes on, what earlier lines have of it. */
  #open: string[] = [];

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** @param lineEnd Belongs to the cell if that goes on. */
  add(body: string, lineEnd: string): Splitting {
    let at = 0;
    let isQuoted = this.#open.length > 0 || body[0] === '"';
    let from = this.#open.length > 0 ? 0 : 1;
    for (;;) {
      let end = body.indexOf(this.#delimiter, at);
      if (isQuoted) {
        const close = closingQuote(body, from);
        if (close === -1) {
          this.#open.push(body.slice(from) + lineEnd);
          return { kind: 'open' };
        }
        const isClean = close + 1 === body.length || body[close + 1] === this.#delimiter;
        if (!isClean && this.#open.length > 0) {
          return { kind: 'broken', reason: 'has text after a closing quote' };
        }
        end = body.indexOf(this.#delimiter, close + 1);
        const inner = [...this.#open, body.slice(from, close)].join('').replaceAll('""', '"');
        // Within one line, a cell like `"19" monitor` does no harm to others and is taken as it is.
        this.cells.push(
          isClean ? inner : `"${inner}${body.slice(close, end === -1 ? undefined : end)}`,
        );
        this.#open = [];
      } else {
        this.cells.push(body.slice(at, end === -1 ? undefined : end));
      }
      if (end === -1) {
        return { kind: 'whole' };
      }
      at = end + 1;
      isQuoted = body[at] === '"';
      from = at + 1;
    }
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
