import type { NumberMeasure } from '@tenth/model/measure.ts';
import { currencyDigits } from '@tenth/model/money.ts';

/** How fine a figure is, and the least and most that it can be. */
export interface Scale {
  readonly step: number;
  readonly least: number;
  readonly most: number;
}

const UNBOUNDED = Number.MAX_SAFE_INTEGER;

export const wholeNumbers: Scale = { step: 1, least: 0, most: UNBOUNDED };
/** A value of which nothing is known but that it is a number. */
export const anyNumber: Scale = { step: 1, least: -UNBOUNDED, most: UNBOUNDED };

const share: Scale = { step: 0.01, least: 0, most: 1 };

/** The scale of a figure, and so the steps by which one that is asked for differs from the one there is. */
export function scaleOf(measure: NumberMeasure): Scale {
  switch (measure.kind) {
    case 'cart_total':
      return money(measure.currency);
    case 'orders':
      return measure.measure === 'total' && measure.currency !== undefined
        ? money(measure.currency)
        : wholeNumbers;
    case 'event_number':
      return measure.measure === 'distinct' ? wholeNumbers : anyNumber;
    case 'affinity':
      return measure.measure === 'share' ? share : { step: 0.1, least: 0, most: UNBOUNDED };
    case 'inferred':
      return share;
    case 'local_hour':
      return { step: 1, least: 0, most: 23 };
    case 'local_weekday':
      return { step: 1, least: 1, most: 7 };
    default:
      return wholeNumbers;
  }
}

function money(currency: string): Scale {
  return { step: 10 ** -currencyDigits(currency), least: 0, most: UNBOUNDED };
}

/** Figures of a scale on either side of a cut, and the cut itself. */
export function figuresAround(cut: number, { step, least, most }: Scale): readonly number[] {
  const below = Math.floor(cut / step);
  const onScale = [-1, 0, 1, 2].map((by) => rounded((below + by) * step, step));
  // A cut between two steps, such as 2.5 pages, is none that a figure can have; one of 0.125 is.
  const figures = step === 1 && !Number.isInteger(cut) ? onScale : [cut, ...onScale];
  return figures.filter((figure) => figure >= least && figure <= most);
}

/** Steps of a hundredth leave 0.30000000000000004 behind. */
function rounded(figure: number, step: number): number {
  return Number(figure.toFixed(Math.max(0, Math.ceil(-Math.log10(step)))));
}
