import type { SourceCategory } from '../arrival/source-table.ts';

interface InAppBrowser {
  readonly browser: string;
  readonly pattern: RegExp;
  /** Where a visitor of this app comes from when it sends no referrer. */
  readonly origin: { readonly source: string; readonly category: SourceCategory };
}

/** Browsers inside apps, which name themselves in the user agent. Facebook last: Instagram has its marks too. */
export const inAppBrowsers: readonly InAppBrowser[] = [
  { browser: 'KakaoTalk in-app', pattern: /KAKAOTALK/i, origin: social('kakaotalk') },
  { browser: 'KakaoStory in-app', pattern: /KAKAOSTORY/i, origin: social('kakaostory') },
  {
    browser: 'Naver in-app',
    pattern: /NAVER\(inapp/,
    origin: { source: 'naver', category: 'portal' },
  },
  { browser: 'Daum in-app', pattern: /DaumApps/, origin: { source: 'daum', category: 'portal' } },
  { browser: 'Instagram in-app', pattern: /Instagram/, origin: social('instagram') },
  { browser: 'Band in-app', pattern: /\bBAND\/|BAND\(inapp/, origin: social('naver_band') },
  { browser: 'Line in-app', pattern: /\bLine\//i, origin: social('line') },
  {
    browser: 'TikTok in-app',
    pattern: /musical_ly|BytedanceWebview|TikTok|trill_/,
    origin: social('tiktok'),
  },
  { browser: 'X in-app', pattern: /Twitter(?:Android| for )/, origin: social('twitter') },
  { browser: 'WeChat in-app', pattern: /MicroMessenger/, origin: social('wechat') },
  {
    browser: 'Facebook in-app',
    pattern: /\bFB(?:AN|AV|_IAB)\b|FB_IAB/,
    origin: social('facebook'),
  },
];

/** By {@link Device.browser}. */
export const inAppOrigins: ReadonlyMap<string, InAppBrowser['origin']> = new Map(
  inAppBrowsers.map(({ browser, origin }) => [browser, origin]),
);

function social(source: string): InAppBrowser['origin'] {
  return { source, category: 'social' };
}
