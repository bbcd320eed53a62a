import { unreachable } from '@tenth/model/brand.ts';
import type { NumberTest, Test } from '@tenth/model/value-test.ts';
import { quoteText, spellCount, spellNumber, spellScalar } from './spelling.ts';

export function printTest(test: Test | NumberTest): string {
  switch (test.op) {
    case 'is':
      return `is ${spellScalar(test.value)}`;
    case 'is_not':
      return `is not ${spellScalar(test.value)}`;
    case 'in':
      return `is any of ${listOf(test.values)}`;
    case 'not_in':
      return `is none of ${listOf(test.values)}`;
    case 'contains':
      return `contains ${quoteText(test.value)}`;
    case 'contains_any':
      return `contains any of ${listOf(test.values)}`;
    case 'starts_with':
      return `starts with ${quoteText(test.value)}`;
    case 'ends_with':
      return `ends with ${quoteText(test.value)}`;
    case 'matches':
      return `matches ${quoteText(test.pattern)}`;
    case 'has_all':
      return `has all of ${listOf(test.values)}`;
    case 'gt':
      return `> ${spellNumber(test.value)}`;
    case 'gte':
      return `>= ${spellNumber(test.value)}`;
    case 'lt':
      return `< ${spellNumber(test.value)}`;
    case 'lte':
      return `<= ${spellNumber(test.value)}`;
    case 'between':
      return `from ${spellNumber(test.from)} to below ${spellNumber(test.to)}`;
    case 'before':
      return `before ${test.time}`;
    case 'after':
      return `after ${test.time}`;
    case 'in_last_days':
      return `in last ${spellCount(test.days, 'day')}`;
    case 'in_next_days':
      return `in next ${spellCount(test.days, 'day')}`;
    case 'anniversary_in_days':
      return `anniversary in ${spellCount(test.days, 'day')}`;
    case 'version_gte':
      return `version >= ${test.version}`;
    case 'version_lt':
      return `version < ${test.version}`;
    case 'exists':
      return 'exists';
    case 'missing':
      return 'is missing';
    default:
      return unreachable(test);
  }
}

function listOf(values: readonly (string | number | boolean)[]): string {
  return values.map(spellScalar).join(', ');
}
