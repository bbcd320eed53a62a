import { Context, type Emitter, type Liquid, toValue } from 'liquidjs';
import { RenderError } from './render-error.ts';

/**
 * What one text may cost. Counted and not timed, so that a decision made again from the log ends as it
 * did then, on whatever machine. A cart of a hundred lines takes a hundredth of it.
 */
export const templateBudget = {
  /** Tags, outputs and rounds of loops. */
  steps: 10_000,
  /** Characters and list items that filters and loops make on the way. */
  memory: 200_000,
  /** Characters that come out. */
  output: 100_000,
} as const;

/** A message's language, as `Intl` has it. */
export function languageTag(locale: unknown): 'ko-KR' | 'en-US' {
  return locale === 'ko' ? 'ko-KR' : 'en-US';
}

/** A context whose steps are counted, in the language of its view and not in the machine's. */
export function budgetedContext(engine: Liquid, view: { readonly locale?: unknown }): Context {
  const { memory: memoryLimit, steps: mostSteps } = templateBudget;
  const context = new Context(
    view,
    { ...engine.options, locale: languageTag(view.locale) },
    { sync: true, memoryLimit },
    { liquid: engine },
  );
  let steps = 0;
  // Liquid asks this before each step, with the time, which is not looked at.
  context.renderLimit.check = () => {
    steps += 1;
    if (steps > mostSteps) {
      throw new RenderError(`the template takes more than ${mostSteps} steps`);
    }
  };
  return context;
}

/** Collects what comes out, up to the budget. */
export class BudgetedOutput implements Emitter {
  buffer = '';

  write(value: unknown): void {
    this.buffer += textOf(value);
    if (this.buffer.length > templateBudget.output) {
      throw new RenderError(`the text comes out over ${templateBudget.output} characters long`);
    }
  }
}

/** As Liquid writes values: nothing for none, lists run together. */
function textOf(given: unknown): string {
  const value: unknown = toValue(given);
  if (value === undefined || value === null) {
    return '';
  }
  return Array.isArray(value) ? value.map(textOf).join('') : String(value);
}
