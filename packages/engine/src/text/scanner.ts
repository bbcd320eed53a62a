import { ConditionSyntaxError, type Place } from './syntax-error.ts';

/**
 * `word` is a keyword or an id, `path` begins with the name of a part of an event and a dot, `text` is
 * what stood in quotation marks. Of a number, a version and a moment the writing is kept.
 */
export type TokenKind = 'word' | 'path' | 'text' | 'number' | 'version' | 'time' | 'mark' | 'end';

export interface Token extends Place {
  readonly kind: TokenKind;
  /** What it means: of a text its characters without quotes, of a path the whole path. */
  readonly value: string;
  /** As it was written. */
  readonly written: string;
}

/** Any character but control characters, which are escaped. */
const quoted = String.raw`"(?:[ !#-[\]-\uffff]|\\.)*"`;

/** The first that fits at a place is what stands there. */
const patterns: readonly (readonly [Exclude<TokenKind, 'end'> | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['time', /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/y],
  ['version', /\d+\.\d+\.\d+(?![\w.-])/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.-])/y],
  ['path', new RegExp(`(?:properties|traits|context|page)\\.(?:${quoted}|[^\\s"(),<>=]+)`, 'y')],
  ['word', /[A-Za-z_][\w-]*/y],
  ['text', new RegExp(quoted, 'y')],
  ['mark', />=|<=|[<>(),]/y],
];

/** The words, numbers, texts and marks of a text, with an `end` at its end. */
export function scan(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at < source.length) {
    const place = { line, column: at - lineStart + 1 };
    const [kind, written] = readAt(source, at, place);
    if (kind === 'space') {
      for (const { index } of written.matchAll(/\n/g)) {
        line += 1;
        lineStart = at + index + 1;
      }
    } else {
      tokens.push({ kind, value: meaning(kind, written, place), written, ...place });
    }
    at += written.length;
  }
  tokens.push({ kind: 'end', value: '', written: '', line, column: at - lineStart + 1 });
  return tokens;
}

function readAt(
  source: string,
  at: number,
  place: Place,
): readonly [(typeof patterns)[number][0], string] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const written = pattern.exec(source)?.[0];
    if (written !== undefined) {
      return [kind, written];
    }
  }
  const rest = source.slice(at).split('\n', 1)[0] ?? '';
  const found = /^[\w.+-]+/.exec(rest)?.[0] ?? String.fromCodePoint(source.codePointAt(at) ?? 0);
  throw new ConditionSyntaxError(place, found, [], whyNothing(found));
}

function whyNothing(found: string): string {
  if (found === '"') {
    return 'a text without its closing ", or with a tab or line break in it; write \\t and \\n';
  }
  if (/^\d{4}-\d\d/.test(found)) {
    return `${found} is no moment; it has a time of day and an offset, as 2026-11-01T00:00:00+09:00`;
  }
  return /^[\d-]/.test(found)
    ? `${found} is no number; texts and ids that begin with a digit stand in "…"`
    : `${found} has no meaning here; texts stand in "…"`;
}

function meaning(kind: TokenKind, written: string, place: Place): string {
  if (kind === 'text') {
    return unquote(written, place);
  }
  const quote = kind === 'path' ? written.indexOf('"') : -1;
  return quote === -1 ? written : written.slice(0, quote) + unquote(written.slice(quote), place);
}

/** Escapes are those of JSON. */
function unquote(written: string, place: Place): string {
  try {
    return String(JSON.parse(written));
  } catch {
    throw new ConditionSyntaxError(
      place,
      written,
      [],
      `${written} has an escape that is none; write \\" \\\\ \\n \\r \\t or \\u and four hexadecimal digits`,
    );
  }
}
