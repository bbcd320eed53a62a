import type { EpochMs } from '@tenth/model/time.ts';
import type { Inputs } from './inputs.ts';
import type { Moment } from './moment.ts';

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

/** A figure that time alone never changes. */
export function timeless(
  text: string,
  inputs: Inputs,
  read: CompiledMeasure['read'],
): CompiledMeasure {
  return { text, inputs, leaves: 1, levels: 1, read, nextChange: undefined };
}
