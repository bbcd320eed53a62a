import type { ConsentMode, ConsentState } from '@tenth/model/consent.ts';

/** What the visitor's choice lets the script do now. */
export interface Permission {
  /** `hold`: keep events in memory until the visitor answers. */
  readonly sending: 'send' | 'hold' | 'refuse';
  /** Whether ids may be stored and the person named. */
  readonly isIdentifying: boolean;
}

/**
 * Pure: the mode, the visitor's own answer and the browser's Global Privacy Control in, the
 * permission out. An answer given on this site outranks the browser's general signal, and a no is
 * a no in every mode.
 */
export function permissionFor(
  mode: ConsentMode,
  choice: ConsentState,
  hasPrivacyControl: boolean,
): Permission {
  if (choice === 'granted') {
    return { sending: 'send', isIdentifying: true };
  }
  if (choice === 'denied' || (mode === 'opt_out' && hasPrivacyControl)) {
    return { sending: 'refuse', isIdentifying: false };
  }
  if (mode === 'opt_in') {
    return { sending: 'hold', isIdentifying: false };
  }
  return { sending: 'send', isIdentifying: !hasPrivacyControl };
}
