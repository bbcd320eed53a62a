import type { Json } from '@tenth/model/json.ts';
import { AMOUNT_STEPS, MOST_AMOUNT } from '@tenth/model/measure.ts';
import type { Scalar } from '@tenth/model/profile.ts';

/** Code points of a text that is taken for a value. */
const MOST_TEXT = 200;
const AMOUNT_TEXT = /^-?\d{1,11}(\.\d{1,6})?$/;

/** A property as a value that can be counted: a text of up to 200 characters, a number or a boolean. */
export function scalarOf(value: Json | undefined): Scalar | undefined {
  switch (typeof value) {
    case 'string':
      return value.length <= MOST_TEXT || isShort(value) ? value : undefined;
    case 'number':
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}

/** A text of more UTF-16 units than that can still have few enough characters. */
function isShort(text: string): boolean {
  return text.length <= 2 * MOST_TEXT && [...text].length <= MOST_TEXT;
}

/** A property as an amount in ten-thousandths, a whole number; undefined where it says none. */
export function stepsOf(value: Json | undefined): number | undefined {
  const amount =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && AMOUNT_TEXT.test(value)
        ? Number(value)
        : Number.NaN;
  return Math.abs(amount) <= MOST_AMOUNT ? Math.floor(amount * AMOUNT_STEPS + 0.5) : undefined;
}
