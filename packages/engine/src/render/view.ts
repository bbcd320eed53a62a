import type { Json } from '@tenth/model/json.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { fromMinor } from '@tenth/model/money.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { cartQuantity, cartTotalMinor } from '../reduce/cart.ts';

/**
 * What templates may read. The write key is public and a userId can be guessed, so traits are given
 * only to a signed identity or to the very browser that sent them; the others' defaults stand.
 */
export function viewOf(moment: EventMoment, settings: WorkspaceSettings, locale: Locale): object {
  const { profile, event, device } = moment;
  const currency = device.cart.currency || settings.currency;
  return {
    locale,
    person: { ...traitsFor(moment), isMember: profile.userId !== undefined },
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
    shop: { name: settings.name },
  };
}

function traitsFor({ profile, event, deviceKey }: EventMoment): Record<string, Json> {
  const visible: Record<string, Json> = {};
  for (const [name, trait] of Object.entries(profile.traits)) {
    if (event.isVerified || (deviceKey !== '' && trait.device === deviceKey)) {
      visible[name] = trait.value;
    }
  }
  return visible;
}
