import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildBrowser } from '../../build.mjs';
import { FakeTenth, listen } from './fake-tenth.ts';

export interface ShopPage {
  /** Attributes of the script tag besides `src` and the write key. */
  readonly attributes?: string;
  readonly head?: string;
  readonly body?: string;
  readonly csp?: string;
  readonly hasScript?: boolean;
}

export interface Visit extends BrowserContextOptions {
  /** Leaves the shadow roots closed, as they are for real; otherwise tests may look inside. */
  readonly isClosed?: boolean;
  readonly hasPrivacyControl?: boolean;
}

/** A shop of one page, a fake Tenth beside it, and a real browser to visit with. */
export class Shop {
  readonly tenth: FakeTenth;
  page: ShopPage = {};
  origin = '';
  /** Errors and console lines of the page open now. */
  problems: string[] = [];
  lines: string[] = [];
  readonly #outDir: string;
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(outDir: string, browser: Browser) {
    this.#outDir = outDir;
    this.#browser = browser;
    this.tenth = new FakeTenth(outDir);
    this.#server = createServer((_request, response) => {
      if (this.page.csp !== undefined) {
        response.setHeader('content-security-policy', this.page.csp);
      }
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(this.#html());
    });
  }

  static async open(): Promise<Shop> {
    const outDir = await mkdtemp(join(tmpdir(), 'tenth-browser-'));
    await buildBrowser({ outDir });
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    const shop = new Shop(outDir, browser);
    await shop.tenth.start();
    shop.origin = await listen(shop.#server);
    return shop;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.tenth.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#outDir, { recursive: true });
  }

  /** A new visitor on the page described; the fake starts afresh with `answer`. */
  async visit(page: ShopPage = {}, visit: Visit = {}): Promise<Page> {
    this.page = page;
    this.problems = [];
    this.lines = [];
    const { isClosed, hasPrivacyControl, ...options } = visit;
    const context = await this.#browser.newContext({ locale: 'ko-KR', ...options });
    const opened = await context.newPage();
    if (isClosed !== true) {
      await opened.addInitScript(() => {
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (init) {
          return attach.call(this, { ...init, mode: 'open' });
        };
      });
    }
    if (hasPrivacyControl === true) {
      await opened.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true });
      });
    }
    opened.on('pageerror', (error) => this.problems.push(String(error)));
    opened.on('console', (line) => this.lines.push(`${line.type()}: ${line.text()}`));
    await opened.goto(`${this.origin}/`);
    return opened;
  }

  /** The same shop under another name; all of `localhost` is this machine. */
  originOf(host: string): string {
    return `http://${host}:${new URL(this.origin).port}`;
  }

  /** Closes the pages: one that still retries would be heard in the next test. */
  async leave(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  #html(): string {
    const { attributes = '', head = '', body = '<h1>Shop</h1>', hasScript = true } = this.page;
    const script = hasScript
      ? `<script async src="${this.tenth.origin}/t.js" data-write-key="wk" ${attributes}></script>`
      : '';
    return `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Shop</title>${head}${script}</head><body>${body}</body></html>`;
  }
}
