import { readLocal, writeLocal } from './site-storage.ts';

const NAME = 'tenth_settings';

/** What the core itself reads of `BrowserSettings`; the chunks check their own parts. */
export interface KnownSettings {
  readonly version: number;
  readonly watches: readonly unknown[];
  readonly takeOverDataLayer: boolean;
}

export function parseSettings(raw: unknown): KnownSettings | undefined {
  const settings = raw as KnownSettings | null | undefined;
  return Number.isInteger(settings?.version) && Array.isArray(settings?.watches)
    ? (settings as KnownSettings)
    : undefined;
}

/** The settings of an earlier page, so that watches start at once and are not sent again. */
export function readKeptSettings(): KnownSettings | undefined {
  try {
    return parseSettings(JSON.parse(readLocal(NAME) ?? 'null'));
  } catch {
    return undefined;
  }
}

export function keepSettings(settings: KnownSettings | undefined): void {
  writeLocal(NAME, settings && JSON.stringify(settings));
}
