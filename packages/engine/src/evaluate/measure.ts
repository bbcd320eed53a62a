import { unreachable } from '@tenth/model/brand.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { fromMinor } from '@tenth/model/money.ts';
import { sessionsSeenFrom } from '../profile.ts';
import { cartQuantity, cartTotalMinor } from '../reduce/cart.ts';
import { affinityMeasure } from './affinity-measure.ts';
import { type CompiledMeasure, timeless } from './compiled-measure.ts';
import type { ConditionScope } from './condition-scope.ts';
import {
  activeDaysMeasure,
  eventCountMeasure,
  eventNumberMeasure,
  recencyMeasure,
} from './event-measure.ts';
import { funnelMeasure } from './funnel.ts';
import { plainInputs } from './inputs.ts';
import { localHourMeasure, localWeekdayMeasure } from './local-time-measure.ts';
import { ordersMeasure } from './orders-measure.ts';

/** @throws {DefinitionError} It names an attribute that there is not, or a value that this has not. */
export function compileMeasure(
  measure: NumberMeasure,
  path: string,
  scope: ConditionScope,
): CompiledMeasure {
  switch (measure.kind) {
    case 'event_count':
      return eventCountMeasure(measure, scope);
    case 'event_number':
      return eventNumberMeasure(measure, scope);
    case 'recency':
      return recencyMeasure(measure, scope);
    case 'active_days':
      return activeDaysMeasure(measure, scope);
    case 'funnel':
      return funnelMeasure(measure, scope);
    case 'cart_total':
      return timeless(
        `cart total ${measure.currency}`,
        plainInputs('cart', 'visit'),
        ({ device }) =>
          device.cart.currency === measure.currency
            ? fromMinor(cartTotalMinor(device.cart), measure.currency)
            : undefined,
      );
    case 'cart_quantity':
      return timeless('cart quantity', plainInputs('cart', 'visit'), ({ device }) =>
        cartQuantity(device.cart),
      );
    case 'session_pages':
      return timeless(
        'pages of the session',
        plainInputs('pages', 'visit'),
        ({ device }) => device.session.pages,
      );
    case 'sessions':
      return timeless('sessions', plainInputs('visit'), ({ profile, deviceKey }) =>
        sessionsSeenFrom(profile, deviceKey),
      );
    case 'affinity':
      return affinityMeasure(measure);
    case 'orders':
      return ordersMeasure(measure, scope);
    case 'inferred':
      return inferredMeasure(measure, path, scope);
    case 'local_hour':
      return localHourMeasure(scope);
    case 'local_weekday':
      return localWeekdayMeasure(scope);
    default:
      return unreachable(measure);
  }
}

function inferredMeasure(
  { attributeId, value }: Extract<NumberMeasure, { kind: 'inferred' }>,
  path: string,
  scope: ConditionScope,
): CompiledMeasure {
  const attribute = scope.attribute(attributeId, path);
  const known = attribute.definition.values.map(({ id }) => id);
  if (!known.includes(value)) {
    throw scope.refusal(
      path,
      `the attribute ${attributeId} has no value ${value}; it has: ${known.join(', ')}`,
    );
  }
  return attribute.measureOf(value);
}
