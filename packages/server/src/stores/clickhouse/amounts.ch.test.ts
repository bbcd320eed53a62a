import { applyEvent } from '@tenth/engine/apply.ts';
import { newProfile } from '@tenth/engine/profile.ts';
import { cartTotalMinor } from '@tenth/engine/reduce/cart.ts';
import { aPlan, aProfileId, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import type { LoggedEvent } from '@tenth/model/log-record.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsOf } from '../../commit/logged-facts.ts';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { packBody } from '../../ship/outbox-body.ts';
import { toLogText } from './log-text.ts';

/*
 * What any page can send as a price or a quantity. A line that ClickHouse cannot read would hold up the log
 * of every workspace.
 */
const SHOP = workspaceId.parse('shop');

let log: Awaited<ReturnType<typeof openTestLog>>;
beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

const amount = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 10 }),
  fc.constantFrom(0.55, 1e21, 9.3e18, 1e308, -1e308, 5e-324, -0, '1e308', '0.1', '', null),
);
const currency = fc.constantFrom('KRW', 'USD', 'krw', 'constructor', '', 7);
const product = fc.record({
  product_id: fc.constantFrom('a', 'b'),
  price: amount,
  quantity: amount,
});
const properties = fc.oneof(
  fc.record({ ...{ product_id: fc.constant('a') }, price: amount, quantity: amount, currency }),
  fc.record({ order_id: fc.string(), total: amount, currency }),
  fc.record({ products: fc.array(product, { maxLength: 4 }), currency }),
);
const names = fc.constantFrom('Product Added', 'Cart Viewed', 'Order Completed');

function logged(name: string, given: JsonObject, index: number): LoggedEvent {
  const event = aTrack(name, given, { messageId: `m-${index}` as never });
  const { profile, session } = applyEvent(newProfile(aProfileId(), T0), event, aPlan(), undefined);
  return {
    event,
    profileId: profile.id,
    session,
    isNewVisitor: true,
    isMember: false,
    trace: undefined,
    facts: factsOf(profile, event, 'KRW'),
    run: undefined,
  };
}

test('whatever amounts are sent, each event comes into the log, with the sums that the profile has', async () => {
  const events = fc
    .sample(fc.tuple(names, properties), 2_000)
    .map(([name, given], index) => logged(name, given as JsonObject, index));
  const text = toLogText([{ workspaceId: SHOP, events, decisions: [], personLinks: [] }]);
  const batch = 1n;
  await log.eventLog.append({ id: batch, rows: [{ id: batch, body: await packBody(text) }] });
  const reply = await log.client.query({
    query: `SELECT message_id, toString(order_minor) AS order_minor, toString(cart_minor) AS cart_minor
      FROM events WHERE batch = 1 ORDER BY seq`,
    format: 'JSONEachRow',
  });
  expect(await reply.json()).toEqual(
    events.map(({ event, facts }) => ({
      message_id: event.messageId,
      order_minor: String(facts?.order?.totalMinor ?? 0),
      cart_minor: String(facts === undefined ? 0 : cartTotalMinor(facts.cart)),
    })),
  );
});
