import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { startTenth, type TenthProcess, WRITE_KEY } from '@tenth/e2e/harness/tenth-process.ts';
import { generateLoad, type LoadFigures } from './load-generator.ts';

/** Fewer than the 20,000 people that the server keeps in memory. */
const VISITORS = 15_000;
const CONNECTIONS = 128;

export interface ServerFigures {
  readonly bareRequestsPerSecond: number;
  readonly tenthRequestsPerSecond: number;
  readonly share: number;
  readonly atHalfLoad: LoadFigures;
  readonly idleMemoryMb: number;
  readonly loadedMemoryMb: number;
}

const MESSAGE_ID = 'm-00000000000';

/** Page and product views of visitors who browse: one event a request, each with an id of its own. */
function requestTemplates(): readonly { readonly bytes: Buffer; readonly idAt: number }[] {
  return Array.from({ length: VISITORS }, (_, visitor) => {
    const isView = visitor % 3 === 0;
    const body = JSON.stringify({
      writeKey: WRITE_KEY,
      decide: true,
      batch: [
        {
          type: isView ? 'track' : 'page',
          ...(isView ? { event: 'Product Viewed' } : {}),
          messageId: MESSAGE_ID,
          anonymousId: `00000000-0000-4000-8000-${String(visitor).padStart(12, '0')}`,
          properties: isView
            ? {
                product_id: `p${visitor % 90}`,
                price: 12_000,
                currency: 'KRW',
                category: 'men/shirts',
                brand: 'Bench',
              }
            : {},
          context: {
            page: {
              url: `https://shop.example/p/${visitor % 90}`,
              path: `/p/${visitor % 90}`,
              title: 'Product',
              referrer: 'https://search.naver.com/search.naver?query=shirt',
            },
            userAgent:
              'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
            locale: 'ko-KR',
            library: { name: 'tenth.js', version: '0.1.0' },
          },
        },
      ],
    });
    const bytes = Buffer.from(
      `POST /v1/batch HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    return { bytes, idAt: bytes.indexOf(MESSAGE_ID) + 2 };
  });
}

/** Patches a fresh message id into the visitor's request, so that no event is a repetition. */
function requestMaker(): (sequence: number) => Buffer {
  const templates = requestTemplates();
  let ids = 0;
  return (sequence) => {
    const template = templates[(sequence * 7_919) % templates.length];
    if (template === undefined) {
      throw new Error('no requests to send');
    }
    const bytes = Buffer.from(template.bytes);
    ids += 1;
    bytes.write(String(ids).padStart(11, '0'), template.idAt, 'latin1');
    return bytes;
  };
}

export async function benchServer(seconds = 10): Promise<ServerFigures> {
  const tenth = await startTenth();
  try {
    const idleMemoryMb = await memoryMb(tenth);
    const replyBytes = await sampleReplyBytes(tenth.origin);
    const bare = await startBare(replyBytes);
    try {
      const requests = requestMaker();
      const shoot = (origin: string, length: number, rate?: number) =>
        generateLoad({
          port: Number(new URL(origin).port),
          connections: CONNECTIONS,
          seconds: length,
          requests,
          ...(rate === undefined ? {} : { rate }),
        });
      // Both are warmed: code compiled, and each visitor known, as on a shop's ordinary day.
      await shoot(bare.origin, 3);
      await shoot(tenth.origin, 8);
      const bareRun = await shoot(bare.origin, seconds);
      const tenthRun = await shoot(tenth.origin, seconds);
      const tenthRate = tenthRun.requestsPerSecond;
      return {
        bareRequestsPerSecond: bareRun.requestsPerSecond,
        tenthRequestsPerSecond: tenthRate,
        share: tenthRate / bareRun.requestsPerSecond,
        atHalfLoad: await shoot(tenth.origin, seconds, tenthRate / 2),
        idleMemoryMb,
        loadedMemoryMb: await memoryMb(tenth),
      };
    } finally {
      bare.stop();
    }
  } finally {
    await tenth.stop();
  }
}

async function sampleReplyBytes(origin: string): Promise<number> {
  const reply = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({
      writeKey: WRITE_KEY,
      decide: true,
      batch: [{ type: 'page', anonymousId: 'sample', messageId: 'sample' }],
    }),
  });
  return (await reply.text()).length;
}

async function startBare(replyBytes: number): Promise<{ origin: string; stop(): void }> {
  const port = 40_000 + Math.floor(Math.random() * 20_000);
  const entry = new URL('../../bench/bare-server.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [entry, String(port), String(replyBytes)], {
    stdio: 'inherit',
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isUp = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (isUp) {
      return { origin, stop: () => child.kill() };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error('the bare server did not come up');
}

/** Resident set, from the kernel's own count. */
async function memoryMb({ pid }: TenthProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024);
}
