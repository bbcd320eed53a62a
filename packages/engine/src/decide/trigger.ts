import { unreachable } from '@tenth/model/brand.ts';
import type { Trigger } from '@tenth/model/campaign.ts';
import { commerce, watchEvents } from '@tenth/model/event.ts';
import type { Json } from '@tenth/model/json.ts';
import { fromMinor } from '@tenth/model/money.ts';
import type { Failure } from '../evaluate/compile-condition.ts';
import { compileEventMatch, describeMatch, keyOfMatch } from '../evaluate/event-match.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { cartTotalMinor } from '../reduce/cart.ts';

export interface CompiledTrigger {
  /** Keys of the events at which it can fire. */
  readonly keys: readonly string[];
  fires(moment: EventMoment): boolean;
  explain(moment: EventMoment): Failure;
}

const cartKeys = [commerce.productAdded, commerce.productRemoved, commerce.cartViewed].map(
  (name) => `track:${name}`,
);

export function compileTrigger(trigger: Trigger): CompiledTrigger {
  switch (trigger.kind) {
    case 'event': {
      const matches = compileEventMatch(trigger.event);
      return {
        keys: [keyOfMatch(trigger.event)],
        fires: ({ event }) => matches(event),
        explain: ({ event }) =>
          failure(describeMatch(trigger.event), event.name || event.page?.category || event.type),
      };
    }
    case 'page_count':
      return {
        keys: ['page', 'screen'],
        fires: ({ device }) => device.session.pages === trigger.pages,
        explain: ({ device }) =>
          failure(`page ${trigger.pages} of the session`, device.session.pages),
      };
    case 'cart_band': {
      const total = ({ device }: EventMoment) =>
        device.cart.currency === trigger.currency
          ? fromMinor(cartTotalMinor(device.cart), trigger.currency)
          : undefined;
      return {
        keys: cartKeys,
        fires: (moment) => {
          const value = total(moment);
          return value !== undefined && value >= trigger.from && value < trigger.to;
        },
        explain: (moment) =>
          failure(
            `cart total ${trigger.currency} from ${trigger.from} to below ${trigger.to}`,
            total(moment) ?? null,
          ),
      };
    }
    case 'time_on_page':
      return watched(watchEvents.timeOnPage, 'seconds', trigger.seconds);
    case 'scroll_depth':
      return watched(watchEvents.scrollDepth, 'percent', trigger.percent);
    case 'silence':
      return watched(watchEvents.silence, 'seconds', trigger.seconds);
    case 'element_seen':
      return watched(watchEvents.elementSeen, 'selector', trigger.selector);
    case 'element_clicked':
      return watched(watchEvents.elementClicked, 'selector', trigger.selector);
    case 'exit_intent':
      return {
        keys: [`track:${watchEvents.exitIntent}`],
        fires: () => true,
        explain: () => failure('exit intent', null),
      };
    default:
      return unreachable(trigger);
  }
}

/** One event name serves all watches of a kind; the property tells which of them fired. */
function watched(name: string, property: string, wanted: Json): CompiledTrigger {
  return {
    keys: [`track:${name}`],
    fires: ({ event }) => event.properties[property] === wanted,
    explain: ({ event }) =>
      failure(`${name}: ${property} is ${wanted}`, event.properties[property] ?? null),
  };
}

function failure(condition: string, saw: Json): Failure {
  return { path: 'trigger', condition, saw };
}
