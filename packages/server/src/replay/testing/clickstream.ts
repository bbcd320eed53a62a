import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteEvent } from '@tenth/model/event.ts';
import { collectOne } from '../../collect/testing/collect-one.ts';
import { openSource } from '../../import/open-source.ts';
import { rees46 } from '../../import/presets/rees46.ts';

const sharedData = process.env.TENTH_SHARED_DATA ?? join(process.cwd(), '../shared/data');
const file = join(sharedData, 'rees46-multicategory/2019-Oct-slice.csv');

/** Why the real clickstream cannot be read here; undefined where it can. */
export const clickstreamMissing = existsSync(file)
  ? undefined
  : `${file} is not there; REES46's multi-category data can be put under TENTH_SHARED_DATA`;

const SIGNED_IN_EVERY = 9;
const SECOND_DEVICE_EVERY = 21;

/**
 * A real day of a shop, as the collector makes events of it. The data knows no accounts, so some
 * visitors sign in at their third event, and some of those came on another device before.
 */
export async function readClickstream(): Promise<readonly SiteEvent[]> {
  const read = await openSource(file, { kind: 'csv', mapping: rees46 });
  const events: SiteEvent[] = [];
  const seen = new Map<string, { readonly ordinal: number; count: number }>();
  for await (const line of read(undefined)) {
    if (line.kind !== 'message') {
      continue;
    }
    const { anonymousId, timestamp } = line.message;
    const at = Date.parse(String(timestamp));
    const visitor = seen.get(String(anonymousId)) ?? { ordinal: seen.size, count: 0 };
    seen.set(String(anonymousId), visitor);
    visitor.count += 1;
    const make = (message: object, id: string) =>
      collectOne({ timestamp, messageId: id, ...message }, { receivedAt: at + 40 });
    if (visitor.ordinal % SECOND_DEVICE_EVERY === 0 && visitor.count <= 2) {
      const phone = { type: 'page', anonymousId: `${anonymousId}-phone`, name: 'Home' };
      events.push(make(phone, `phone-${line.line}`));
    }
    events.push(make(line.message, `line-${line.line}`));
    if (visitor.ordinal % SIGNED_IN_EVERY === 0 && visitor.count === 3) {
      const userId = `member-${anonymousId}`;
      events.push(make({ type: 'identify', anonymousId, userId }, `in-${line.line}`));
      if (visitor.ordinal % SECOND_DEVICE_EVERY === 0) {
        const phone = { type: 'identify', anonymousId: `${anonymousId}-phone`, userId };
        events.push(make(phone, `in-phone-${line.line}`));
      }
    }
  }
  return events;
}
