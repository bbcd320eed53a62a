import type { routes } from '@tenth/model/api.ts';
import type { CollectReply } from '@tenth/model/collect-api.ts';
import type { CampaignReport } from '@tenth/model/report.ts';
import type { z } from 'zod';
import { API_KEY, WRITE_KEY } from './tenth-process.ts';

/** A client gives up then, and sends again later. */
const REPLY_WITHIN_MS = 15_000;

export type PersonReply = z.infer<(typeof routes)['getPerson']['reply']>;

/** Reads the administration API; throws with the body when the answer is not 2xx. */
export async function readApi<Reply>(origin: string, path: string): Promise<Reply> {
  const reply = await fetch(`${origin}${path}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  if (!reply.ok) {
    throw new Error(`GET ${path} answered ${reply.status}: ${await reply.text()}`);
  }
  // The caller names the reply's type; the server's own tests hold it to the schema.
  return (await reply.json()) as Reply;
}

export function readReport(origin: string, campaignId: string): Promise<CampaignReport> {
  return readApi(origin, `/api/v1/campaigns/${campaignId}/report`);
}

export function readPerson(origin: string, anonymousId: string): Promise<PersonReply> {
  return readApi(origin, `/api/v1/people/anonymousId:${encodeURIComponent(anonymousId)}`);
}

export async function postBatch(
  origin: string,
  batch: readonly object[],
  more: object = { decide: true },
): Promise<CollectReply> {
  const reply = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${WRITE_KEY}:`).toString('base64')}`,
    },
    body: JSON.stringify({ ...more, batch }),
    signal: AbortSignal.timeout(REPLY_WITHIN_MS),
  });
  if (!reply.ok) {
    throw new Error(`POST /v1/batch answered ${reply.status}: ${await reply.text()}`);
  }
  return (await reply.json()) as CollectReply;
}

/** Asks again until the answer is as wanted; the event log is a second or two behind. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  isRight: (value: Value) => boolean,
): Promise<Value> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await ask();
    if (isRight(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`still not right after 30 s: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Writes through the administration API; throws with the body when the answer is not 2xx. */
export async function writeApi<Reply>(
  origin: string,
  method: 'PUT' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Reply> {
  const reply = await fetch(`${origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${API_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  if (!reply.ok) {
    throw new Error(`${method} ${path} answered ${reply.status}: ${text}`);
  }
  // As with readApi, the caller names the reply's type.
  return (text === '' ? undefined : JSON.parse(text)) as Reply;
}
