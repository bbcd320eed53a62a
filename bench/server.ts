import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { startTenth, type TenthProcess, WRITE_KEY } from '@tenth/e2e/harness/tenth-process.ts';
import autocannon from 'autocannon';

const VISITORS = 20_000;
const CONNECTIONS = 128;

export interface Latency {
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface ServerFigures {
  readonly bareRequestsPerSecond: number;
  readonly tenthRequestsPerSecond: number;
  readonly share: number;
  readonly atHalfLoad: Latency;
  readonly idleMemoryMb: number;
  readonly loadedMemoryMb: number;
}

/** One page view a request, of visitors who browse: each with its own id, each to be decided. */
function requests(): autocannon.Request[] {
  return Array.from({ length: VISITORS }, (_, visitor) => ({
    method: 'POST',
    path: '/v1/batch',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({
      writeKey: WRITE_KEY,
      decide: true,
      batch: [
        {
          type: visitor % 3 === 0 ? 'track' : 'page',
          ...(visitor % 3 === 0 ? { event: 'Product Viewed' } : {}),
          messageId: '[<id>]',
          anonymousId: `00000000-0000-4000-8000-${String(visitor).padStart(12, '0')}`,
          properties:
            visitor % 3 === 0
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
    }),
  }));
}

function shoot(origin: string, seconds: number, overallRate?: number): Promise<autocannon.Result> {
  return autocannon({
    url: origin,
    connections: CONNECTIONS,
    duration: seconds,
    idReplacement: true,
    requests: requests(),
    ...(overallRate === undefined ? {} : { overallRate }),
  });
}

export async function benchServer(seconds = 10): Promise<ServerFigures> {
  const tenth = await startTenth();
  try {
    const idleMemoryMb = await memoryMb(tenth);
    const replyBytes = await sampleReplyBytes(tenth.origin);
    const bare = await startBare(replyBytes);
    try {
      await shoot(bare.origin, 3);
      await shoot(tenth.origin, 5);
      const bareRun = await shoot(bare.origin, seconds);
      const tenthRun = await shoot(tenth.origin, seconds);
      refuseErrors(bareRun, 'bare Fastify');
      refuseErrors(tenthRun, 'Tenth');
      const tenthRate = tenthRun.requests.average;
      const half = await shoot(tenth.origin, seconds, Math.round(tenthRate / 2));
      return {
        bareRequestsPerSecond: Math.round(bareRun.requests.average),
        tenthRequestsPerSecond: Math.round(tenthRate),
        share: tenthRate / bareRun.requests.average,
        atHalfLoad: {
          p50Ms: half.latency.p50,
          p90Ms: half.latency.p90,
          p99Ms: half.latency.p99,
          maxMs: half.latency.max,
        },
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

function refuseErrors(run: autocannon.Result, name: string): void {
  if (run.errors > 0 || run.non2xx > 0) {
    throw new Error(`${name}: ${run.errors} errors and ${run.non2xx} answers other than 2xx`);
  }
}

/** Resident set, from the kernel's own count. */
async function memoryMb({ pid }: TenthProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024);
}
