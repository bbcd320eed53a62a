import { describe, expect, test } from 'vitest';
import { noTracing, type RequestSpan } from '../telemetry/tracing.ts';
import { basic, openTestServer, WRITE_KEY } from './testing/test-server.ts';

const CLIENT = '203.0.113.7';
/** What the client has written into the header itself. */
const CLAIMED = '198.51.100.1';

async function addressSeen(
  trustProxy: boolean | readonly string[],
  { peer, forwardedFor }: { readonly peer: string; readonly forwardedFor: string },
) {
  const { app, collected } = await openTestServer({ trustProxy });
  await app.inject({
    method: 'POST',
    url: '/v1/page',
    remoteAddress: peer,
    headers: {
      'content-type': 'application/json',
      ...basic(WRITE_KEY),
      'x-forwarded-for': forwardedFor,
    },
    payload: JSON.stringify({ anonymousId: 'a1' }),
  });
  return collected[0]?.client.ip;
}

describe('the address of a client', () => {
  test('is who connects, unless a proxy is trusted', async () => {
    const forwardedFor = CLAIMED;
    expect(await addressSeen(false, { peer: CLIENT, forwardedFor })).toBe(CLIENT);
    expect(await addressSeen(['10.0.0.5'], { peer: CLIENT, forwardedFor })).toBe(CLIENT);
  });

  test('is what the nearest proxy has appended, whatever the client has written before it', async () => {
    const forwardedFor = `${CLAIMED}, ${CLIENT}`;
    expect(await addressSeen(true, { peer: '10.0.0.5', forwardedFor })).toBe(CLIENT);
    expect(await addressSeen(true, { peer: '10.0.0.5', forwardedFor: CLIENT })).toBe(CLIENT);
  });

  test.each([
    ['10.0.0.5', '192.0.2.0/24'],
    ['10.0.0.0/8', '192.0.2.9'],
    ['::ffff:10.0.0.5', '192.0.2.9'],
  ])('comes through a chain of proxies that are named: %s, %s', async (...trusted) => {
    const forwardedFor = `${CLAIMED}, ${CLIENT}, 192.0.2.9`;
    expect(await addressSeen(trusted, { peer: '10.0.0.5', forwardedFor })).toBe(CLIENT);
    expect(await addressSeen(trusted, { peer: '::ffff:10.0.0.5', forwardedFor })).toBe(CLIENT);
    // One that is not named is the last to be believed of.
    expect(
      await addressSeen(trusted, { peer: '10.0.0.5', forwardedFor: `${CLIENT}, 11.0.0.1` }),
    ).toBe('11.0.0.1');
  });

  test('may be of IPv6, and so may proxies', async () => {
    const forwardedFor = `${CLAIMED}, 2001:db8::7`;
    expect(await addressSeen(['fd00::/8'], { peer: 'fd00::5', forwardedFor })).toBe('2001:db8::7');
    expect(await addressSeen(['fd00::/8'], { peer: 'fe80::5', forwardedFor })).toBe('fe80::5');
  });
});

describe.each([
  { trustProxy: false, peer: '10.0.0.5', isBelieved: false },
  { trustProxy: true, peer: '10.0.0.5', isBelieved: true },
  { trustProxy: ['10.0.0.5'], peer: '10.0.0.5', isBelieved: true },
  { trustProxy: ['10.0.0.5'], peer: CLIENT, isBelieved: false },
])('where $trustProxy is trusted, $peer', ({ trustProxy, peer, isBelieved }) => {
  test(`says under which name it is reached: ${isBelieved}`, async () => {
    const { app } = await openTestServer({ trustProxy });
    const reply = await app.inject({
      url: `/v1/projects/${WRITE_KEY}/settings`,
      remoteAddress: peer,
      headers: {
        host: 'inside:4800',
        'x-forwarded-host': 'tenth.example',
        'x-forwarded-proto': 'https',
      },
    });
    expect(reply.json().integrations['Segment.io']).toMatchObject(
      isBelieved
        ? { apiHost: 'tenth.example/v1', protocol: 'https' }
        : { apiHost: 'inside:4800/v1', protocol: 'http' },
    );
  });

  test(`says which trace a request belongs to: ${isBelieved}`, async () => {
    const parents: unknown[] = [];
    const span: RequestSpan = { run: (work) => work(), end() {} };
    const { app } = await openTestServer({
      trustProxy,
      tracing: {
        ...noTracing,
        startRequest(_method, headers) {
          parents.push(headers?.['traceparent']);
          return span;
        },
      },
    });
    await app.inject({ url: '/healthz', remoteAddress: peer, headers: { traceparent: 'theirs' } });
    expect(parents).toEqual([isBelieved ? 'theirs' : undefined]);
  });
});
