/** A text in quotation marks, with the escapes of JSON. */
export function quoteText(text: string): string {
  return JSON.stringify(text);
}

/** An id or level as a bare word where it can stand so, else in quotation marks. */
export function spellWord(id: string): string {
  // After `is`, a bare `any` begins `any of`.
  return /^[a-z][a-z0-9_-]*$/.test(id) && id !== 'any' ? id : quoteText(id);
}

/** `properties.price`; what follows the first dot in quotation marks where it is no plain word. */
export function spellPath(path: string): string {
  const start = path.indexOf('.') + 1;
  const rest = path.slice(start);
  return /^[^\s"(),<>=]+$/.test(rest) ? path : path.slice(0, start) + quoteText(rest);
}

export function spellNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

export function spellScalar(value: string | number | boolean): string {
  switch (typeof value) {
    case 'string':
      return quoteText(value);
    case 'number':
      return spellNumber(value);
    default:
      return String(value);
  }
}

/** `1 day`, `7 days`. */
export function spellCount(count: number, unit: 'minute' | 'hour' | 'day'): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
