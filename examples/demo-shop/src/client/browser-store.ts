/** A JSON value in localStorage. Where storage is shut, the shop works on for this one page. */
export function readStored(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

export function writeStored(name: string, value: unknown): void {
  try {
    if (value === undefined) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, JSON.stringify(value));
    }
  } catch {
    // Full or forbidden: the value lives until the page is left.
  }
}

/** As `readStored`, for what ends with the tab. */
export function readForVisit(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keepForVisit(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // As in writeStored.
  }
}

/** Tells the page that something stored has changed. */
export function announceChange(): void {
  document.dispatchEvent(new CustomEvent('shop:changed'));
}

/** Calls back for a change on this page or in another tab. */
export function onChange(run: () => void): void {
  document.addEventListener('shop:changed', run);
  addEventListener('storage', run);
}

/** 16 random characters, for carts and orders. `randomUUID` is missing on plain http. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
