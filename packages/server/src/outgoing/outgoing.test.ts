import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createOutgoing, type Outgoing, type OutgoingDeps } from './outgoing.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

/** A server on 127.0.0.1, and what was asked of it. */
async function host(answer: (request: IncomingMessage, reply: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(`${request.method} ${request.headers.host}${request.url}`);
    answer(request, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  // A listening server has an address with a port.
  return { port: (server.address() as AddressInfo).port, asked };
}

function outgoing(deps: Partial<OutgoingDeps>): Outgoing {
  const made = createOutgoing({ allow: [], ...deps });
  opened.push(() => made.close());
  return made;
}

const hello = (_request: IncomingMessage, reply: ServerResponse) => reply.end('hello');
const get = (url: string) => ({ url, method: 'GET' as const });
const refused = expect.objectContaining({ code: 'address-refused', field: 'url' });

describe('what is not on the public internet is not called', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'http://[fd00:ec2::254]/',
    'http://[64:ff9b::7f00:1]:PORT/',
  ])('%s', async (url) => {
    const inside = await host(hello);
    const sending = outgoing({}).send(get(url.replace('PORT', String(inside.port))));
    await expect(sending).rejects.toEqual(refused);
    expect(inside.asked).toEqual([]);
  });

  test('a name that leads inside, or of whose addresses one does', async () => {
    const inside = await host(hello);
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::1'], []]) {
      const { send } = outgoing({ resolve: async () => addresses });
      await expect(send(get(`http://shop.example:${inside.port}/`))).rejects.toEqual(refused);
    }
    expect(inside.asked).toEqual([]);
  });

  test.each(['file:///etc/passwd', 'gopher://x/', 'ftp://x/', 'data:,x', 'x', 'http://a:b@x/', ''])(
    'no other scheme, and no password: %j',
    async (url) => {
      await expect(outgoing({}).send(get(url))).rejects.toEqual(refused);
    },
  );
});

test('what was checked is what is connected to, however the name resolves a moment later', async () => {
  const inside = await host(hello);
  let asked = 0;
  // Nobody is there where it leads when it is checked; inside is where a second look would lead.
  const resolve = async () => {
    asked += 1;
    return asked === 1 ? ['127.0.0.2'] : ['127.0.0.1'];
  };
  const { send } = outgoing({ resolve, allow: ['127.0.0.2'] });
  await expect(send(get(`http://shop.example:${inside.port}/`))).rejects.toMatchObject({
    reason: 'unreachable',
  });
  expect(inside.asked).toEqual([]);
  expect(asked).toBe(1);
});

describe('redirects', () => {
  test('are checked like the first address', async () => {
    const inside = await host(hello);
    const lure = await host((_request, reply) => {
      reply.writeHead(302, { location: `http://127.0.0.1:${inside.port}/secret` }).end();
    });
    const resolve = async () => ['127.0.0.1'];
    const { send } = outgoing({ allow: ['shop.example'], resolve });
    await expect(send(get(`http://shop.example:${lure.port}/`))).rejects.toEqual(refused);
    expect(inside.asked).toEqual([]);
    expect(lure.asked).toHaveLength(1);
  });

  test('to another scheme are refused', async () => {
    const lure = await host((_request, reply) => {
      reply.writeHead(302, { location: 'file:///etc/passwd' }).end();
    });
    const { send } = outgoing({ allow: ['127.0.0.1'] });
    await expect(send(get(`http://127.0.0.1:${lure.port}/`))).rejects.toEqual(refused);
  });

  test('come to an end', async () => {
    const round = await host((_request, reply) => {
      reply.writeHead(302, { location: '/' }).end();
    });
    const { send } = outgoing({ allow: ['127.0.0.1'] });
    await expect(send(get(`http://127.0.0.1:${round.port}/`))).rejects.toMatchObject({
      reason: 'too_many_redirects',
    });
    expect(round.asked).toHaveLength(4);
  });

  test('take no header along to another host, and are not followed with a body', async () => {
    const seen: (string | undefined)[] = [];
    const target = await host((request, reply) => {
      seen.push(request.headers.authorization);
      reply.end();
    });
    const first = await host((_request, reply) => {
      reply.writeHead(307, { location: `http://b.example:${target.port}/` }).end();
    });
    const { send } = outgoing({
      allow: ['a.example', 'b.example'],
      resolve: async () => ['127.0.0.1'],
    });
    const url = `http://a.example:${first.port}/`;
    const headers = { authorization: 'Bearer secret' };
    await send({ url, method: 'GET', headers });
    expect(seen).toEqual([undefined]);
    expect((await send({ url, method: 'POST', headers, body: '{}' })).status).toBe(307);
    expect(seen).toHaveLength(1);
  });
});

describe('limits', () => {
  test('of size, also where it comes without end', async () => {
    const flood = await host((_request, reply) => {
      const more = () => {
        if (!reply.destroyed && reply.write('x'.repeat(65_536))) {
          setImmediate(more);
        }
      };
      reply.on('drain', more);
      more();
    });
    const { send } = outgoing({ allow: ['127.0.0.0/8'] });
    await expect(send(get(`http://127.0.0.1:${flood.port}/`))).rejects.toMatchObject({
      reason: 'too_large',
    });
  });

  test('of size, to the byte', async () => {
    const sized = await host((request, reply) =>
      reply.end('x'.repeat(Number(request.url?.slice(1)))),
    );
    const { send } = outgoing({ allow: ['127.0.0.1'], limits: { mostReplyBytes: 1_000 } });
    const url = `http://127.0.0.1:${sized.port}`;
    expect((await send(get(`${url}/1000`))).body).toHaveLength(1_000);
    await expect(send(get(`${url}/1001`))).rejects.toMatchObject({ reason: 'too_large' });
  });

  test('of time, also where it comes drop by drop', async () => {
    const drip = await host((_request, reply) => {
      const timer = setInterval(() => reply.write('.'), 20);
      reply.once('close', () => clearInterval(timer));
    });
    const { send } = outgoing({ allow: ['127.0.0.1'], limits: { timeoutMs: 200 } });
    await expect(send(get(`http://127.0.0.1:${drip.port}/`))).rejects.toMatchObject({
      reason: 'timed_out',
    });
  });

  test('nobody there', async () => {
    const { send } = outgoing({ allow: ['127.0.0.1'] });
    await expect(send(get('http://127.0.0.1:1/'))).rejects.toMatchObject({ reason: 'unreachable' });
  });
});

test('what the operator allows is called, by the name that was given', async () => {
  const inside = await host(hello);
  const { send } = outgoing({ allow: ['crm.internal'], resolve: async () => ['127.0.0.1'] });
  const reply = await send(get(`http://crm.internal:${inside.port}/a?b=c`));
  expect(reply).toMatchObject({ status: 200, body: Buffer.from('hello') });
  expect(inside.asked).toEqual([`GET crm.internal:${inside.port}/a?b=c`]);
});
