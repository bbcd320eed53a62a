import type { workspaceSettings } from '@tenth/model/workspace.ts';

/** Settings before defaults. */
export type SettingsInput = (typeof workspaceSettings)['_zod']['input'];

export interface DemoHosts {
  /** Host of the portal, with its port where that is not the default. */
  readonly portalHost: string;
  readonly shopHost: string;
}

export const demoSettings: SettingsInput = {
  name: '열매상회 Yeolmae',
  timeZone: 'Asia/Seoul',
  currency: 'KRW',
  locale: 'ko',
  brand: {
    primary: '#1f4a3b',
    onPrimary: '#fdf9f0',
    surface: '#fffdf8',
    onSurface: '#24211d',
    radiusPx: 16,
    fontFamily: "Pretendard, 'Apple SD Gothic Neo', 'Noto Sans KR', sans-serif",
  },
  // A walk through the shop meets several campaigns, one after another.
  personCaps: { session: 8, day: 16, week: 40 },
};

/** The settings with the hosts the demo happens to run on. */
export function settingsFor({ portalHost, shopHost }: DemoHosts): SettingsInput {
  return {
    ...demoSettings,
    internalHosts: [shopHost],
    referrerRules: [
      { host: portalHost, channel: 'organic_search', source: 'nurion', keywordParam: 'query' },
    ],
  };
}
