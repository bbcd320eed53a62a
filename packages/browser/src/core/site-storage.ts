/**
 * The shop's own cookies and localStorage. Either may be blocked, full or throwing: reading then
 * finds nothing and writing does nothing.
 */
const YEAR_SECONDS = 31_536_000;

export function readLocal(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** `undefined` removes the entry. */
export function writeLocal(name: string, value: string | undefined): void {
  try {
    if (value === undefined) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, value);
    }
  } catch {
    // Storage is a convenience: a visitor who blocks it is still served.
  }
}

function readCookie(name: string): string | undefined {
  for (const pair of document.cookie.split('; ')) {
    if (pair.startsWith(`${name}=`)) {
      try {
        return decodeURIComponent(pair.slice(name.length + 1)) || undefined;
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}

function setCookie(cookie: { name: string; value: string; domain: string; ageSeconds: number }) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari before 18.4
  document.cookie =
    `${cookie.name}=${encodeURIComponent(cookie.value)};path=/;max-age=${cookie.ageSeconds};samesite=lax` +
    (cookie.domain ? `;domain=${cookie.domain}` : '') +
    (location.protocol === 'https:' ? ';secure' : '');
}

/** `shop.co.kr`, `www.shop.co.kr` for `www.shop.co.kr`; browsers refuse the ones that are public suffixes. */
function parentDomains(): string[] {
  const labels = location.hostname.split('.');
  return labels
    .map((_, index) => labels.slice(index).join('.'))
    .slice(0, -1)
    .reverse();
}

let cookieDomain: string | undefined;

/**
 * The widest domain the browser accepts, so that `m.shop.kr` and `www.shop.kr` know the same
 * visitor; empty for a host-only cookie (localhost, an IP address).
 */
function widestDomain(): string {
  if (cookieDomain === undefined) {
    const name = 'tenth_probe';
    cookieDomain =
      parentDomains().find((domain) => {
        setCookie({ name, value: '1', domain, ageSeconds: 9 });
        const isAccepted = readCookie(name) !== undefined;
        setCookie({ name, value: '', domain, ageSeconds: 0 });
        return isAccepted;
      }) ?? '';
  }
  return cookieDomain;
}

/** A value kept in a first-party cookie, with localStorage for browsers that shorten cookies' lives. */
export function readKept(name: string): string | undefined {
  return readKeptCookie(name) ?? readLocal(name);
}

/** The part that all hosts of a shop share; localStorage is of one host alone. */
export function readKeptCookie(name: string): string | undefined {
  try {
    return readCookie(name);
  } catch {
    return undefined;
  }
}

/** Writes for 365 days from now; `undefined` removes. */
export function writeKept(name: string, value: string | undefined): void {
  writeLocal(name, value);
  try {
    // Nothing to remove means no probing either: a visitor who said no gets no cookie, even for an instant.
    if (value !== undefined || readCookie(name) !== undefined) {
      const ageSeconds = value === undefined ? 0 : YEAR_SECONDS;
      setCookie({ name, value: value ?? '', domain: widestDomain(), ageSeconds });
    }
  } catch {
    // A sandboxed document may not touch cookies at all.
  }
}
