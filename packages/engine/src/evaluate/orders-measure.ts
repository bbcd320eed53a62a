import { unreachable } from '@tenth/model/brand.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { fromMinor } from '@tenth/model/money.ts';
import { orderCount, orderTotals } from '../reduce/orders.ts';
import { type CompiledMeasure, timeless } from './compiled-measure.ts';
import type { ConditionScope } from './condition-scope.ts';
import { daysSince, daysSinceNextChange } from './days-since.ts';
import { plainInputs } from './inputs.ts';

export function ordersMeasure(
  { measure, currency: given }: Extract<NumberMeasure, { kind: 'orders' }>,
  scope: ConditionScope,
): CompiledMeasure {
  const text = `orders ${measure}`;
  const inputs = plainInputs('orders');
  switch (measure) {
    case 'count':
      return timeless(text, inputs, ({ profile }) => orderCount(profile.orders));
    case 'total': {
      const currency = given ?? scope.currency;
      return timeless(text, inputs, ({ profile }) =>
        fromMinor(orderTotals(profile.orders)[currency] ?? 0, currency),
      );
    }
    case 'days_since_last':
      return {
        ...timeless(text, inputs, ({ profile, now }) => daysSince(profile.orders.lastAt, now)),
        nextChange: ({ profile, now }, use) => daysSinceNextChange(profile.orders.lastAt, now, use),
      };
    default:
      return unreachable(measure);
  }
}
