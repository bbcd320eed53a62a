import type { Json } from '@tenth/model/json.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { fromMinor } from '@tenth/model/money.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { emptyDevice } from '../profile.ts';
import { cartQuantity, cartTotalMinor } from '../reduce/cart.ts';

/**
 * What templates may read. The write key is public and a userId can be guessed, so traits, the visit and
 * the cart are given only to a signed identity or to the very browser that sent them; otherwise the
 * template's defaults stand.
 */
export function viewOf(moment: EventMoment, settings: WorkspaceSettings, locale: Locale): object {
  const { profile, event } = moment;
  const device = isVouchedFor(moment) ? moment.device : emptyDevice;
  const currency = device.cart.currency || settings.currency;
  return {
    locale,
    person: { ...traitsFor(moment, settings), isMember: profile.userId !== undefined },
    event: { name: event.name, properties: event.properties },
    page: event.page ?? {},
    session: {
      pages: device.session.pages,
      source: device.session.source,
      campaign: device.session.campaign,
      keyword: device.session.keyword,
    },
    cart: {
      currency,
      total: fromMinor(cartTotalMinor(device.cart), currency),
      quantity: cartQuantity(device.cart),
      items: Object.entries(device.cart.items).map(([id, item]) => ({
        product_id: id,
        name: item.name,
        quantity: item.quantity,
        price: fromMinor(item.priceMinor, currency),
      })),
    },
    shop: { name: settings.name, time_zone: settings.timeZone },
    now: new Date(moment.now).toISOString(),
  };
}

/** What servers sent of a person without a device is filed under none, which anybody can name. */
function isVouchedFor({ event, deviceKey }: EventMoment): boolean {
  return event.isVerified || deviceKey !== '';
}

function traitsFor(moment: EventMoment, { identity }: WorkspaceSettings): Record<string, Json> {
  const { profile, event, deviceKey } = moment;
  const visible: Record<string, Json> = {};
  for (const [name, trait] of Object.entries(profile.traits)) {
    // An anonymousId can be pressed on a visitor (by a link, in some clients) before they sign in, so
    // where identities are signed, what was said under a signature is shown under one only.
    const isOwn = trait.device === deviceKey && !(identity === 'signed' && trait.isVerified);
    if (event.isVerified || (isVouchedFor(moment) && isOwn)) {
      visible[name] = trait.value;
    }
  }
  return visible;
}
