import { unreachable } from '@tenth/model/brand.ts';
import type { NumberTest, Test } from '@tenth/model/condition.ts';
import type { Json } from '@tenth/model/json.ts';

export type ValueTest = (value: Json | undefined) => boolean;

/**
 * Compiles one test of one value. Texts compare without regard to case; an array passes when one of
 * its members does, and for `is_not` and `not_in` when none is the value. A missing value and null
 * fail every test but `missing`, `is_not` and `not_in`.
 */
export function compileTest(test: Test | NumberTest): ValueTest {
  switch (test.op) {
    case 'is': {
      const wanted = folded(test.value);
      return some((value) => folded(value) === wanted);
    }
    case 'is_not': {
      const unwanted = folded(test.value);
      return none((value) => folded(value) === unwanted);
    }
    case 'in': {
      const wanted = new Set(test.values.map(folded));
      return some((value) => wanted.has(folded(value)));
    }
    case 'not_in': {
      const unwanted = new Set(test.values.map(folded));
      return none((value) => unwanted.has(folded(value)));
    }
    case 'contains': {
      const part = test.value.toLowerCase();
      return someText((text) => text.includes(part));
    }
    case 'contains_any': {
      const parts = test.values.map((value) => value.toLowerCase());
      return someText((text) => parts.some((part) => text.includes(part)));
    }
    case 'starts_with': {
      const start = test.value.toLowerCase();
      return someText((text) => text.startsWith(start));
    }
    case 'ends_with': {
      const end = test.value.toLowerCase();
      return someText((text) => text.endsWith(end));
    }
    case 'gt':
      return someNumber((value) => value > test.value);
    case 'gte':
      return someNumber((value) => value >= test.value);
    case 'lt':
      return someNumber((value) => value < test.value);
    case 'lte':
      return someNumber((value) => value <= test.value);
    case 'between':
      return someNumber((value) => value >= test.from && value < test.to);
    case 'exists':
      return (value) => value !== undefined && value !== null;
    case 'missing':
      return (value) => value === undefined || value === null;
    default:
      return unreachable(test);
  }
}

/** The test in short, for traces: `>= 3`, `in naver, daum`. */
export function describeTest(test: Test | NumberTest): string {
  switch (test.op) {
    case 'is':
      return `is ${test.value}`;
    case 'is_not':
      return `is not ${test.value}`;
    case 'in':
      return `in ${test.values.join(', ')}`;
    case 'not_in':
      return `not in ${test.values.join(', ')}`;
    case 'contains':
      return `contains ${test.value}`;
    case 'contains_any':
      return `contains any of ${test.values.slice(0, 5).join(', ')}${test.values.length > 5 ? ' …' : ''}`;
    case 'starts_with':
      return `starts with ${test.value}`;
    case 'ends_with':
      return `ends with ${test.value}`;
    case 'gt':
      return `> ${test.value}`;
    case 'gte':
      return `>= ${test.value}`;
    case 'lt':
      return `< ${test.value}`;
    case 'lte':
      return `<= ${test.value}`;
    case 'between':
      return `from ${test.from} to below ${test.to}`;
    case 'exists':
      return 'is there';
    case 'missing':
      return 'is missing';
    default:
      return unreachable(test);
  }
}

/** Compares 20 and "20" as different, "Naver" and "naver" as the same. */
function folded(value: Json): Json {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function some(passes: (value: Json) => boolean): ValueTest {
  return (value) => {
    if (value === undefined || value === null) {
      return false;
    }
    return Array.isArray(value) ? value.some(passes) : passes(value);
  };
}

function none(matches: (value: Json) => boolean): ValueTest {
  const found = some(matches);
  return (value) => !found(value);
}

function someText(passes: (text: string) => boolean): ValueTest {
  return some((value) => typeof value === 'string' && passes(value.toLowerCase()));
}

function someNumber(passes: (value: number) => boolean): ValueTest {
  const inList = some((value) => typeof value === 'number' && passes(value));
  return (value) => (typeof value === 'number' ? passes(value) : inList(value));
}
