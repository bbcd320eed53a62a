import type { DeviceType } from '@tenth/model/device.ts';
import type { ClientHints } from './client-hints.ts';

interface System {
  readonly os: string;
  readonly type: DeviceType;
}

type Row = readonly [pattern: RegExp, os: string, type: DeviceType];

/** In order, first match wins. Every pattern is linear in the length of the text, which anybody may choose. */
const systems: readonly Row[] = [
  [/Web0S|webOS\.TV|NetCast/, 'webOS', 'tv'],
  [/^(?=.*Tizen).*\bTV\b|SMART-TV|SmartTV/i, 'Tizen', 'tv'],
  [/AppleTV|Apple TV|tvOS/, 'tvOS', 'tv'],
  [/\bRoku\b/, 'Roku', 'tv'],
  [/PlayStation|Nintendo|Xbox/, 'Console', 'other'],
  [/Windows Phone/, 'Windows Phone', 'phone'],
  [/Windows NT|Windows/, 'Windows', 'desktop'],
  [/\biPad\b/, 'iPadOS', 'tablet'],
  [/\biPhone\b|\biPod\b/, 'iOS', 'phone'],
  // iPadOS asks for desktop sites as a Mac, but other browsers than Safari still say they are mobile.
  [/^(?=.*Macintosh).*(?:\bMobile\/|CriOS|FxiOS|EdgiOS)/, 'iPadOS', 'tablet'],
  [/Macintosh|Mac OS X/, 'macOS', 'desktop'],
  [/^(?=.*Android).*(?:\bTV\b|BRAVIA|\bAFT[A-Z]|GoogleTV|CrKey)/, 'Android', 'tv'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS', 'phone'],
  [/Android|Dalvik/, 'Android', 'phone'],
  [/KAIOS/, 'KaiOS', 'phone'],
  [/Tizen/, 'Tizen', 'phone'],
  [/\bCrOS\b/, 'Chrome OS', 'desktop'],
  [/HbbTV|SmartHub/, 'Linux', 'tv'],
  [/Linux|X11/, 'Linux', 'desktop'],
];

const ANDROID_TABLET =
  /\b(?:SM-T|SM-X|SM-P|GT-P|SHW-M\d{3}S? Tab|Lenovo TB|Pixel Tablet|Nexus (?:7|9|10)\b)|Tablet|\bKF[A-Z]{2,}/;

/** Operating system and kind of device of a browser's user agent, set right by the client hints. */
export function readSystem(userAgent: string, hints: ClientHints): System {
  const row = systems.find(([pattern]) => pattern.test(userAgent));
  const [, os, type] = row ?? [undefined, '', 'other' as const];
  if (os === 'Android' && type === 'phone') {
    const isPhone = / Mobile\b|\bMobile Safari/.test(userAgent) && !ANDROID_TABLET.test(userAgent);
    return { os, type: isPhone || userAgent.startsWith('Dalvik') ? 'phone' : 'tablet' };
  }
  // "Desktop site" on Android writes a Linux user agent; the hints go on telling the truth.
  if (os === 'Linux' && type === 'desktop' && hints.platform === 'Android') {
    return { os: 'Android', type: hints.mobile ? 'phone' : 'tablet' };
  }
  return { os, type };
}
