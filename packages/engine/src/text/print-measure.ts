import { unreachable } from '@tenth/model/brand.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { printEventMatch } from './print-event.ts';
import { printWindow } from './print-window.ts';
import { quoteText, spellCount, spellPath, spellWord } from './spelling.ts';

/** What is read, without a test of it: `sum of properties.total over "Order Completed" ever`. */
export function printMeasure(measure: NumberMeasure): string {
  switch (measure.kind) {
    case 'event_count':
      return `count of ${printEventMatch(measure.event)} ${printWindow(measure.window)}`;
    case 'event_number': {
      const name = measure.measure === 'distinct' ? 'count of distinct' : `${measure.measure} of`;
      const over = `over ${printEventMatch(measure.event)} ${printWindow(measure.window)}`;
      return `${name} ${spellPath(measure.property)} ${over}`;
    }
    case 'recency':
      return `days since last ${printEventMatch(measure.event)}`;
    case 'active_days':
      return `days with ${printEventMatch(measure.event)} in last ${spellCount(measure.days, 'day')}`;
    case 'funnel': {
      const steps = measure.steps.map(printEventMatch).join(' then ');
      return `steps of ${steps} within ${spellCount(measure.withinMinutes, 'minute')}`;
    }
    case 'cart_total':
      return `cart total in ${measure.currency}`;
    case 'cart_quantity':
      return 'cart quantity';
    case 'session_pages':
      return 'session pages';
    case 'sessions':
      return 'sessions';
    case 'affinity':
      return `affinity ${measure.measure} of ${measure.dimension} ${quoteText(measure.key)}`;
    case 'orders':
      return printOrders(measure);
    case 'inferred':
      return `confidence that ${spellWord(measure.attributeId)} is ${spellWord(measure.value)}`;
    case 'local_hour':
      return 'local hour';
    case 'local_weekday':
      return 'local weekday';
    default:
      return unreachable(measure);
  }
}

const orderMeasures = {
  count: 'order count',
  total: 'order total',
  days_since_last: 'days since last order',
} as const;

function printOrders({ measure, currency }: Extract<NumberMeasure, { kind: 'orders' }>): string {
  return currency === undefined
    ? orderMeasures[measure]
    : `${orderMeasures[measure]} in ${currency}`;
}
