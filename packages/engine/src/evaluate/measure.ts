import { unreachable } from '@tenth/model/brand.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { fromMinor } from '@tenth/model/money.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { sessionsSeenFrom } from '../profile.ts';
import { cartQuantity, cartTotalMinor } from '../reduce/cart.ts';
import { affinityMeasure } from './affinity-measure.ts';
import type { ConditionScope } from './condition-scope.ts';
import {
  activeDaysMeasure,
  eventCountMeasure,
  eventNumberMeasure,
  recencyMeasure,
} from './event-measure.ts';
import { funnelMeasure } from './funnel.ts';
import { type Inputs, plainInputs } from './inputs.ts';
import { localHourMeasure, localWeekdayMeasure } from './local-time-measure.ts';
import type { Moment } from './moment.ts';
import { ordersMeasure } from './orders-measure.ts';

/** What is made of a figure: a test's answer, a level. */
export interface FigureUse {
  /** The same for all figures between two cuts. */
  sort(figure: number | undefined): unknown;
  /** Where figures next to each other can be sorted differently. */
  readonly cuts: readonly number[];
}

/** A figure of a person. */
export interface CompiledMeasure {
  /** In short, for traces: `pages of the session`. */
  readonly text: string;
  readonly inputs: Inputs;
  /** How many conditions it stands for, and how deep; 1 but for what is inferred. */
  readonly leaves: number;
  readonly levels: number;
  /** Undefined where nothing is known. */
  read(moment: Moment): number | undefined;
  /**
   * The earliest moment after now at which time alone can sort the figure differently; it can be too
   * early. There is no such function where time alone never changes the figure.
   */
  readonly nextChange: ((moment: Moment, use: FigureUse) => EpochMs | undefined) | undefined;
}

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

/** A figure that time alone never changes. */
export function timeless(
  text: string,
  inputs: Inputs,
  read: CompiledMeasure['read'],
): CompiledMeasure {
  return { text, inputs, leaves: 1, levels: 1, read, nextChange: undefined };
}
