import type { Condition } from '@tenth/model/condition.ts';
import { printLeaf } from './print-leaf.ts';

/** Columns that a group of leaves may take before it is spread over lines. */
const WIDTH = 100;
const INDENT = '  ';

/**
 * A condition as text that {@link parseCondition} reads back to the same. A group of leaves stands on
 * one line where it fits; around a group within a group, each part has lines of its own.
 */
export function printCondition(condition: Condition): string {
  return lay(condition, WIDTH).join('\n');
}

function lay(condition: Condition, width: number): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const [only, second] = condition.of;
      if (only === undefined) {
        return [condition.kind === 'all' ? 'everyone' : 'nobody'];
      }
      return second === undefined
        ? wrap(`${condition.kind} of (`, only, width)
        : layGroup(condition.of, condition.kind === 'all' ? 'and' : 'or', width);
    }
    case 'not':
      return wrap('not (', condition.of, width);
    default:
      return [printLeaf(condition)];
  }
}

function layGroup(
  parts: readonly Condition[],
  joint: 'and' | 'or',
  width: number,
): readonly string[] {
  if (!parts.some(isGroup)) {
    const line = parts.flatMap((part) => lay(part, width)).join(` ${joint} `);
    if (line.length <= width) {
      return [line];
    }
  }
  return parts.flatMap((part, index) => {
    const [first = '', ...rest] = isGroup(part) ? wrap('(', part, width) : lay(part, width);
    return [index === 0 ? first : `${joint} ${first}`, ...rest];
  });
}

/** What needs brackets to stand in a group: other groups of two and more. */
function isGroup(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.length > 1;
    default:
      return false;
  }
}

function wrap(opening: string, inner: Condition, width: number): readonly string[] {
  const lines = lay(inner, width - INDENT.length);
  const [only, second] = lines;
  if (only !== undefined && second === undefined && opening.length + only.length < width) {
    return [`${opening}${only})`];
  }
  return [opening, ...lines.map((line) => INDENT + line), ')'];
}
