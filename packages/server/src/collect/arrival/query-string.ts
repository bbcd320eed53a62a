/** Calls `visit` with each name and its still encoded value, in order. */
export function eachParam(query: string, visit: (name: string, raw: string) => void): void {
  let start = 0;
  while (start < query.length) {
    const ampersand = query.indexOf('&', start);
    const end = ampersand < 0 ? query.length : ampersand;
    const equals = query.indexOf('=', start);
    if (equals > start && equals < end) {
      visit(query.slice(start, equals), query.slice(equals + 1, end));
    }
    start = end + 1;
  }
}

/** The still encoded value of the first parameter of that name. */
export function findRawParam(query: string, name: string): string | undefined {
  let found: string | undefined;
  eachParam(query, (key, raw) => {
    if (key === name) {
      found ??= raw;
    }
  });
  return found;
}

/**
 * Decodes a value of a query. What is not UTF-8 is read in `charset`, as old search engines send
 * it; what cannot be read at all comes back as it is.
 */
export function decodeParam(raw: string, charset = ''): string {
  if (!raw.includes('%') && !raw.includes('+')) {
    return raw;
  }
  const spaced = raw.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return charset === '' ? spaced : decodeBytes(spaced, charset);
  }
}

function decodeBytes(text: string, charset: string): string {
  const binary = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return new TextDecoder(charset).decode(Buffer.from(binary, 'latin1'));
}
