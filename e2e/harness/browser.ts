import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const candidates = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Debian's Chromium, without the calls home that a test machine would refuse. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw new Error('Chromium is missing: install it, or set CHROMIUM_PATH');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type Screen = 'desktop' | 'phone';

const agents: Record<Screen, string> = {
  desktop:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  phone:
    'Mozilla/5.0 (Linux; Android 15; SM-S931N) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
};

/** A visitor's browser: nothing stored, Korean, and no sign of automation that would mark it as a bot. */
export async function newVisitor(browser: Browser, screen: Screen): Promise<BrowserContext> {
  const context = await browser.newContext({
    userAgent: agents[screen],
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    viewport: screen === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    hasTouch: screen === 'phone',
    isMobile: screen === 'phone',
  });
  // The script draws in closed shadow roots; a test has to see into them.
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      return attach.call(this, { ...init, mode: 'open' });
    };
  });
  return context;
}
