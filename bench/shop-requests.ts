import { WRITE_KEY } from '@tenth/e2e/harness/tenth-process.ts';

/** Fewer than the 20,000 people that a server keeps in memory. */
const VISITORS = 15_000;
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

let ids = 0;

/** A template's bytes with a message id that no event has had. */
function freshRequest(template: { readonly bytes: Buffer; readonly idAt: number }): Buffer {
  const bytes = Buffer.from(template.bytes);
  ids += 1;
  bytes.write(String(ids).padStart(11, '0'), template.idAt, 'latin1');
  return bytes;
}

/**
 * Patches a fresh message id into the visitor's request, so that no event is a repetition.
 *
 * @param isMine Whose requests; everybody's unless given.
 */
export function requestMaker(
  isMine: (visitor: number) => boolean = () => true,
): (sequence: number) => Buffer {
  const templates = requestTemplates().filter((_, visitor) => isMine(visitor));
  return (sequence) => {
    const template = templates[(sequence * 7_919) % templates.length];
    if (template === undefined) {
      throw new Error('no requests to send');
    }
    return freshRequest(template);
  };
}

const EVENTS_A_VISIT = 20;
const NO_GENERATION = 'anonymousId":"00000000';

/**
 * Requests of visitors who come and go as a shop's do: {@link VISITORS} are there at any time, each for
 * {@link EVENTS_A_VISIT} events, and another takes the place of one who leaves.
 */
export function comingAndGoing(): () => Buffer {
  const templates = requestTemplates();
  let sequence = 0;
  return () => {
    const slot = (sequence * 7_919) % VISITORS;
    const round = Math.floor(sequence / VISITORS);
    sequence += 1;
    const template = templates[slot];
    if (template === undefined) {
      throw new Error('no requests to send');
    }
    const bytes = freshRequest(template);
    // Not all at once: each round, one in so many leaves.
    const generation = 1 + Math.floor((round + (slot % EVENTS_A_VISIT)) / EVENTS_A_VISIT);
    const at = bytes.indexOf(NO_GENERATION) + NO_GENERATION.length - 8;
    bytes.write(generation.toString(16).padStart(8, '0'), at, 'latin1');
    return bytes;
  };
}

/** How long the answer is that the bare server has to give as well. */
export async function sampleReplyBytes(origin: string): Promise<number> {
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
