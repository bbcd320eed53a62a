import type { Condition } from '@tenth/model/condition.ts';
import { parseCondition } from './parse-condition.ts';
import { printCondition } from './print-condition.ts';
import { spellScalar } from './spelling.ts';

/** What can be put into a rule: a value, a list of them, or a condition as a whole. */
export type RulePart = string | number | boolean | readonly (string | number)[] | Condition;

/**
 * A condition written in the program, in its text form: `` rule`session pages >= ${pages}` ``. Texts
 * come into quotation marks and conditions into brackets, so that nothing put in changes the rest.
 */
export function rule(texts: TemplateStringsArray, ...parts: readonly RulePart[]): Condition {
  const written = texts.map((text, index) => {
    const part = parts[index];
    return part === undefined ? text : text + write(part);
  });
  return parseCondition(written.join(''));
}

function write(part: RulePart): string {
  if (typeof part !== 'object') {
    return spellScalar(part);
  }
  return 'kind' in part ? `(${printCondition(part)})` : part.map(spellScalar).join(', ');
}
