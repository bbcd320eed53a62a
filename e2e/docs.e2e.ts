import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_KEY, startTenth, type TenthProcess, WRITE_KEY } from './harness/tenth-process.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const page = (name: string) => readFileSync(new URL(`../docs/${name}.md`, import.meta.url), 'utf8');

let tenth: TenthProcess;

beforeAll(async () => {
  tenth = await startTenth();
});

afterAll(async () => {
  await tenth.stop();
});

/** The shell blocks of a page that talk to a running Tenth, in order. */
function commandsOf(name: string): string[] {
  return [...page(name).matchAll(/```sh\n([\s\S]*?)```/g)]
    .map(([, block]) => block ?? '')
    .filter((block) => block.includes('curl'));
}

/** The block under a remark that names it. */
function commandCalled(name: string, called: string): string {
  const found = new RegExp(`<!-- test: ${called} -->\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(
    page(name),
  );
  if (found?.[1] === undefined) {
    throw new Error(`${name}.md has no block called ${called}`);
  }
  return found[1];
}

/** Runs a block as a reader would, with this run's address and keys; gives each line of JSON it printed. */
function run(block: string, randomId: string): unknown[] {
  const here = block
    .replaceAll('http://localhost:4800', tenth.origin)
    .replaceAll('demo_write_key', WRITE_KEY)
    .replaceAll('demo_api_key', API_KEY)
    // Each answer on a line of its own.
    .replaceAll(/curl (-s )?/g, 'curl -s -f -w "\\n" ');
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', here], {
    encoding: 'utf8',
    env: { ...process.env, RANDOM_ID: randomId },
  });
  expect(status, `${block}\n${stderr}`).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

describe.skipIf(!hasCurl)('the commands of the docs (they need curl)', () => {
  test('quick start: the decision comes in the reply to the fourth page', () => {
    const pages = commandCalled('quick-start', 'four pages');
    const replies = Array.from({ length: 6 }, (_, visitor) => run(pages, `p${visitor}`));
    for (const answers of replies) {
      expect(answers).toHaveLength(4);
      expect(answers[0]).toEqual({ success: true, decisions: [] });
    }
    const fourth = JSON.stringify(replies.map((answers) => answers[3]));
    expect(fourth).toContain('first-visit-portal-fourth-page');
  });

  test('quick start: a cart of ₩20,000 brings a message that says 10,000 more', () => {
    const cart = commandCalled('quick-start', 'cart');
    const replies = Array.from({ length: 6 }, (_, visitor) => run(cart, `c${visitor}`));
    expect(JSON.stringify(replies)).toContain('₩10,000');
  });

  test('API: every call is answered', () => {
    const [track, explained, read] = commandsOf('api');
    expect(run(track ?? '', '')).toEqual([{ success: true }]);
    expect(JSON.stringify(run(explained ?? '', ''))).toContain('"considered":[{"campaignId":');
    const answers = run(read ?? '', '');
    expect(answers[0]).toMatchObject({ userId: 'member-1' });
    expect(answers).toHaveLength(
      (read ?? '').split('\n').filter((line) => line.startsWith('curl ')).length,
    );
  });
});

test('every page that the docs link to exists', () => {
  for (const name of [
    'quick-start',
    'concepts',
    'install',
    'api',
    'operations',
    'privacy',
    'architecture',
  ]) {
    for (const [, target] of page(name).matchAll(/\]\(([a-z-]+)\.md/g)) {
      expect(() => page(target ?? ''), `${name} links to ${target}`).not.toThrow();
    }
  }
});

test('the script tag of the install page loads the script that is served', async () => {
  const [, path] = /src="https:\/\/YOUR-TENTH(\/[^"]+)"/.exec(page('install')) ?? [];
  const reply = await fetch(`${tenth.origin}${path}`);
  expect(reply.headers.get('content-type')).toContain('javascript');
});
