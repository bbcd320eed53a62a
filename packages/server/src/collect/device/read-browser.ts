import type { ClientHints } from './client-hints.ts';
import { inAppBrowsers } from './in-app-browsers.ts';

type Row = readonly [pattern: RegExp, browser: string];

/**
 * In order: most browsers claim to be Chrome and Safari as well, so the particular come first.
 * Every pattern is linear in the length of the text, which anybody may choose.
 */
const browsers: readonly Row[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bWhale\//, 'Whale'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:OPR|OPT|OPX|Opera)\b/, 'Opera'],
  [/Vivaldi\//, 'Vivaldi'],
  [/YaBrowser\//, 'Yandex Browser'],
  [/UCBrowser|UCWEB/, 'UC Browser'],
  [/MiuiBrowser\//, 'MIUI Browser'],
  [/HuaweiBrowser\//, 'Huawei Browser'],
  [/DuckDuckGo\/|\bDdg\//, 'DuckDuckGo'],
  [/\bBrave\//, 'Brave'],
  [/\bGSA\//, 'Google app'],
  [/\bSilk\//, 'Silk'],
  [/Firefox\/|FxiOS\/|\bFocus\/|\bKlar\//, 'Firefox'],
  [/; wv\)/, 'Android WebView'],
  [/ Version\/[\d.]+ Chrome\//, 'Android WebView'],
  [/CriOS\/|Chrome\/|Chromium\//, 'Chrome'],
  [/ Version\/[\d.]+ Mobile Safari\//, 'Android Browser'],
  [/ Version\/[\d.]+ (?:Mobile\/\w+ )?Safari\//, 'Safari'],
  [/MSIE |Trident\//, 'Internet Explorer'],
  [/^[^(]*\((?:iPhone|iPad|iPod).*AppleWebKit/, 'iOS WebView'],
];

/** Brands of `Sec-CH-UA` for browsers whose user agent is Chrome's to the letter. */
const brands: readonly Row[] = [
  [/Brave/, 'Brave'],
  [/Whale/, 'Whale'],
  [/Vivaldi/, 'Vivaldi'],
  [/Opera/, 'Opera'],
  [/DuckDuckGo/, 'DuckDuckGo'],
];

/** The browser's name, without its version; empty where it is not known. */
export function readBrowser(userAgent: string, hints: ClientHints): string {
  const inApp = inAppBrowsers.find(({ pattern }) => pattern.test(userAgent));
  if (inApp !== undefined) {
    return inApp.browser;
  }
  const name = browsers.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '';
  if (name !== 'Chrome' || hints.brands === '') {
    return name;
  }
  return brands.find(([pattern]) => pattern.test(hints.brands))?.[1] ?? name;
}
