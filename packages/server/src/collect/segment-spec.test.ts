import { readdirSync, readFileSync } from 'node:fs';
import type { EventType } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { describe, expect, test } from 'vitest';
import { toMessage } from './testing/analytics-js-call.ts';
import { collect, collectOne, receivedAt } from './testing/collect-one.ts';

const folder = new URL('./fixtures/segment-spec/', import.meta.url);

interface Block {
  readonly doc: string;
  readonly line: number;
  readonly message: JsonObject;
}

function readObject(text: string): JsonObject {
  const value: Json = JSON.parse(text);
  if (!isJsonObject(value)) {
    throw new Error('a fixture is an object');
  }
  return value;
}

function readLines(file: string): JsonObject[] {
  return readFileSync(new URL(file, folder), 'utf8').trim().split('\n').map(readObject);
}

const placeOf = (row: JsonObject) => ({
  doc: String(row.doc).replace('src/connections/', ''),
  line: Number(row.line),
});

const blocks: Block[] = readLines('spec-json-blocks.ndjson').map((row) => ({
  ...placeOf(row),
  message: isJsonObject(row.message) ? row.message : {},
}));

/**
 * The HTTP API's page shows one body an endpoint, so the type is in the address above it, not in
 * the body.
 */
const HTTP_API_ENDPOINTS: Readonly<Record<number, EventType>> = {
  110: 'identify',
  151: 'track',
  192: 'page',
  225: 'screen',
  260: 'group',
  299: 'alias',
  428: 'identify',
};

/** "Here is the payload with most common fields removed": these have neither id in the document. */
const WITHOUT_IDS = new Set(['group.md:23', 'page.md:15', 'screen.md:13', 'track.md:13']);

/** Not a message, but the value of its `integrations`. */
const INTEGRATIONS = 'common.md:237';

function withoutWriteKey(message: JsonObject): JsonObject {
  const { writeKey: _, ...rest } = message;
  return rest;
}

function complete({ doc, line, message }: Block): JsonObject {
  const place = `${doc.split('/').at(-1)}:${line}`;
  if (place === INTEGRATIONS) {
    return { type: 'track', event: 'Integrations', anonymousId: 'a-1', integrations: message };
  }
  return WITHOUT_IDS.has(place) ? { ...message, anonymousId: 'a-1' } : message;
}

describe('the JSON examples of the specification', () => {
  const isHttpApi = ({ doc }: Block) => doc.includes('http-api');

  test('are all here', () => {
    expect(blocks).toHaveLength(85);
  });

  test.each(blocks.filter((block) => !isHttpApi(block)))(
    '$doc:$line is accepted whole',
    (block) => {
      const sent = complete(block);
      expect(collectOne(sent).payload).toEqual(sent);
    },
  );

  test.each(blocks.filter((block) => isHttpApi(block) && block.message.batch === undefined))(
    '$doc:$line is accepted whole by its endpoint',
    ({ line, message }) => {
      const endpoint = HTTP_API_ENDPOINTS[line] ?? 'track';
      const { accepted, rejected, writeKey } = collect(message, { endpoint });
      expect(rejected).toEqual([]);
      expect(accepted[0]?.event).toMatchObject({
        type: endpoint,
        payload: withoutWriteKey(message),
      });
      // Sent without sentAt: an import of 2012, which keeps its time.
      expect(accepted[0]?.event.at).toBe(Date.parse(String(message.timestamp)));
      expect(writeKey).toBe('YOUR_WRITE_KEY');
    },
  );

  test('the batch is accepted whole, each event with the context of the batch', () => {
    const [block] = blocks.filter(({ message }) => message.batch !== undefined);
    const { batch, context } = block?.message ?? {};
    const { accepted, rejected } = collect(block?.message);
    expect(rejected).toEqual([]);
    const sent = Array.isArray(batch) ? batch.filter(isJsonObject) : [];
    expect(accepted.map(({ event }) => event.payload)).toEqual(
      sent.map((message) => ({ ...message, context })),
    );
  });

  test('the common fields are read where the engine looks for them', () => {
    const block = blocks.find(({ doc, line }) => doc.endsWith('common.md') && line === 16);
    const event = collectOne(block?.message ?? {});
    expect(event).toMatchObject({
      name: 'Report Submitted',
      userId: '97980cfea0067',
      anonymousId: '507f191e810c19729de860ea',
      device: { os: 'macOS', browser: 'Chrome', type: 'desktop' },
      arrival: { channel: 'email', source: 'newsletter', keyword: 'tps reports', by: 'address' },
      at: receivedAt,
    });
  });
});

describe('the analytics.js calls of the specification', () => {
  const calls = readLines('spec-js-calls.ndjson').map((row) => ({
    ...placeOf(row),
    method: String(row.method),
    args: Array.isArray(row.args) ? row.args : [],
  }));
  // `analytics.group()` reads the group (its traits, its id) and sends nothing.
  const sent = calls.filter(({ method, args }) => !(method === 'group' && args.length === 0));

  test('are all here, two of them read only', () => {
    expect([calls.length, sent.length]).toEqual([91, 89]);
  });

  test.each(sent)('$doc:$line $method is accepted whole', (call) => {
    const message = toMessage(call);
    expect(collectOne(message).payload).toEqual(message);
  });
});

describe("the payloads of Segment's own end-to-end tests", () => {
  test.each(readdirSync(new URL('e2e/', folder)))('%s is accepted whole', (file) => {
    const message = readObject(readFileSync(new URL(`e2e/${file}`, folder), 'utf8'));
    expect(collectOne(message).payload).toEqual(message);
  });
});
