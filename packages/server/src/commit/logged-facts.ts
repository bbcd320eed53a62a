import { deviceKey, findDevice } from '@tenth/engine/profile.ts';
import { interestsOf } from '@tenth/engine/reduce/affinity.ts';
import { emptyCart } from '@tenth/engine/reduce/cart.ts';
import { reduceOrders } from '@tenth/engine/reduce/orders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { LoggedFacts, LoggedOrder } from '@tenth/model/log-record.ts';
import type { Orders, Profile } from '@tenth/model/profile.ts';

/**
 * What the log keeps of an event beside it, so that a question over everybody need not run the engine:
 * the cart of its device, the order and the interest it reports.
 *
 * @param profile After the event.
 */
export function factsOf(profile: Profile, event: SiteEvent, defaultCurrency: string): LoggedFacts {
  return {
    cart: findDevice(profile, deviceKey(event))?.cart ?? emptyCart,
    order: orderOf(event, defaultCurrency),
    interests: interestsOf(event),
  };
}

const noOrders: Orders = {
  recent: {},
  older: { count: 0, totals: {} },
  firstAt: undefined,
  lastAt: undefined,
};

function orderOf(event: SiteEvent, defaultCurrency: string): LoggedOrder | undefined {
  const [reported] = Object.entries(reduceOrders(noOrders, event, defaultCurrency).recent);
  return reported === undefined
    ? undefined
    : { id: reported[0], totalMinor: reported[1].totalMinor, currency: reported[1].currency };
}
