const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);

/**
 * An address a message may lead to or load from, or `undefined`. Parsed the way the browser will,
 * so that no spelling of `javascript:` slips through.
 *
 * @param base The page's address; relative addresses are the shop's own.
 */
export function safeUrl(url: string, base: string): string | undefined {
  try {
    const parsed = new URL(url, base);
    return SCHEMES.has(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}

/** Pictures come from the web only. */
export function safeImageUrl(url: string, base: string): string | undefined {
  const safe = safeUrl(url, base);
  return safe?.startsWith('http') ? safe : undefined;
}
