/** What became of a request: `answered` and `refused` are over, `failed` is worth another try. */
export type PostOutcome =
  | { readonly kind: 'answered'; readonly reply: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly cause: unknown };

/** A decision that comes later than this would surprise the visitor in the middle of something else. */
const TIMEOUT_MS = 4_000;

const TOO_MANY_REQUESTS = 429;

/**
 * Sends as `text/plain` without credentials, which browsers let through without a preflight.
 * Never rejects. An answer that is not ours (a proxy's HTML, a cut-off body) counts as failed:
 * the server drops the repeated messageIds if it did get them.
 */
export async function postBatch(url: string, body: string): Promise<PostOutcome> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
      keepalive: true,
      credentials: 'omit',
      signal: abort.signal,
    });
    const { status } = response;
    if (status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS) {
      return { kind: 'refused' };
    }
    const reply: unknown = response.ok ? await response.json() : undefined;
    if (typeof reply === 'object' && reply !== null && 'success' in reply) {
      return { kind: 'answered', reply: reply as Record<string, unknown> };
    }
    return { kind: 'failed', cause: status };
  } catch (cause) {
    return { kind: 'failed', cause };
  } finally {
    clearTimeout(timer);
  }
}
