import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildConsole } from '../../build.mjs';
import { type StubServer, startStub } from './stub-server.ts';
import { aState, type StubState } from './stub-state.ts';

const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export interface OpenedPage {
  readonly page: Page;
  readonly stub: StubServer;
  /** What the page complained about: script errors and violations of the policy. */
  readonly complaints: readonly string[];
}

export interface ConsoleBrowser {
  open(given?: {
    readonly path?: string;
    readonly state?: Partial<StubState>;
    readonly context?: BrowserContextOptions;
  }): Promise<OpenedPage>;
  close(): Promise<void>;
}

/** Builds the console into a folder of its own and opens it in a real browser, one server a page. */
export async function launchConsole(): Promise<ConsoleBrowser> {
  const outDir = await mkdtemp(join(tmpdir(), 'tenth-console-'));
  await buildConsole({ outDir });
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: chromiumArgs,
  });
  const stubs: StubServer[] = [];
  return {
    async open({ path = '', state = {}, context = {} } = {}) {
      const stub = await startStub(outDir, aState(state));
      stubs.push(stub);
      const page = await (
        await browser.newContext({
          locale: 'ko-KR',
          viewport: { width: 1280, height: 860 },
          ...context,
        })
      ).newPage();
      page.setDefaultTimeout(10_000);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) {
          complaints.push(message.text());
        }
      });
      await page.goto(stub.url + path);
      return { page, stub, complaints };
    },
    async close() {
      await browser.close();
      await Promise.all(stubs.map((stub) => stub.close()));
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
