export const settingsTabs = ['workspace', 'keys', 'users', 'account'] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export interface SettingsSearch {
  readonly tab?: SettingsTab;
}

export function readSettingsSearch(search: Readonly<Record<string, unknown>>): SettingsSearch {
  const tab = settingsTabs.find((one) => one === search.tab);
  return tab === undefined ? {} : { tab };
}
