import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, newVisitor } from './harness/browser.ts';
import { API_KEY, startTenth, type TenthProcess, WRITE_KEY } from './harness/tenth-process.ts';

/** What the page promises, from `npm start` on with packages installed and everything built. */
const WITHIN_MS = 5 * 60_000;

const page = readFileSync(new URL('../docs/quick-start.md', import.meta.url), 'utf8');
const startedAt = performance.now();
const steps: string[] = [];

let tenth: TenthProcess;
let browser: Browser;
let shop: Server;

beforeAll(async () => {
  tenth = await startTenth();
  told('Tenth is ready');
  browser = await launchBrowser();
});

afterAll(async () => {
  shop?.close();
  await browser?.close();
  await tenth?.stop();
});

/** The block under a marker, with this run's address and keys in place of the page's. */
function block(marker: string): string {
  const [, text] =
    new RegExp(`<!-- test: ${marker} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  return (text ?? '')
    .replaceAll('http://localhost:4800', tenth.origin)
    .replaceAll('demo_write_key', WRITE_KEY)
    .replaceAll('demo_api_key', API_KEY);
}

function told(step: string): void {
  steps.push(`${step} after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}

async function serve(html: string): Promise<string> {
  shop = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => shop.listen(0, 'localhost', resolve));
  const address = shop.address();
  return `http://localhost:${typeof address === 'object' ? address?.port : ''}/`;
}

/** Loads the page and waits until Tenth has answered for it. */
async function view(tab: Page, address: string): Promise<void> {
  const answer = tab.waitForResponse((reply) => reply.url() === `${tenth.origin}/v1/batch`);
  await tab.goto(address);
  await answer;
}

/** The first start asks for a password, twice. */
async function setUpConsole(visitor: BrowserContext): Promise<Page> {
  const console = await visitor.newPage();
  await console.goto(`${tenth.origin}/console/`);
  await console.locator('input[type=password]').first().waitFor();
  for (const field of await console.locator('form input').all()) {
    const isSecret = (await field.getAttribute('type')) === 'password';
    await field.fill(isSecret ? 'a password for the quick start' : 'owner@example.com');
  }
  await console.locator('form button[type=submit]').click();
  return console;
}

test('whoever follows the page has a message of their own on a page of their own within five minutes', async () => {
  const address = await serve(block('own page'));
  told('the page is served');
  const visitor = await newVisitor(browser, 'desktop');
  const tab = await visitor.newPage();
  await view(tab, address);
  expect(await tab.getByText('Good to see you again').count()).toBe(0);

  const put = spawnSync('bash', ['-euc', block('own message').replace('curl ', 'curl -s -f ')], {
    encoding: 'utf8',
  });
  expect(put.status, put.stderr).toBe(0);
  told('the campaign is live');
  await view(tab, address);
  const message = tab.getByText('Good to see you again');
  await message.waitFor();
  expect(await tab.getByText('This is page 2 of your visit.').count()).toBe(1);
  told('the message is on the page');

  const console = await setUpConsole(visitor);
  await console
    .getByRole('link', { name: /live events|실시간/i })
    .first()
    .click();
  await tab.reload();
  await console.locator('main a[href*="/people/"]').first().waitFor();
  told('the page view is in the console');
  process.stdout.write(`${steps.map((step) => `  quick start: ${step}`).join('\n')}\n`);
  expect(performance.now() - startedAt).toBeLessThan(WITHIN_MS);
});
