import type { Json } from '@tenth/model/json.ts';
import type { NumberTest, Test } from '@tenth/model/value-test.ts';
import type { Proposal } from './condition-tree.ts';
import { figuresAround, type Scale } from './scale.ts';

/** Stands for every text that no test names. */
const OTHER_TEXT = '\u2026';

/** Stands for a text that matches an expression; none is made up. */
export function matchingText(pattern: string): string {
  return `${OTHER_TEXT}${pattern}`;
}

/**
 * Values on either side of each place where a test turns. Between two such places every value is as
 * good as another, so whoever looks for a value that passes need look no further. They are proposals:
 * the compiled test says which of them pass.
 */
export function proposalsOf(
  test: Test | NumberTest,
  {
    scale,
    saw,
    now,
  }: { readonly scale: Scale; readonly saw: Json | undefined; readonly now: number },
): readonly Proposal[] {
  return [...turningValues(test, scale, now), ...withoutValue(test)].flatMap((proposal) =>
    Array.isArray(saw) ? inList(proposal, saw) : [proposal],
  );
}

function turningValues(test: Test | NumberTest, scale: Scale, now: number): readonly Proposal[] {
  switch (test.op) {
    case 'is':
    case 'is_not':
      return typeof test.value === 'number'
        ? around(test.value, scale)
        : [{ value: test.value }, other(`not ${test.value}`), ...opposite(test.value)];
    case 'in':
    case 'not_in':
      return [
        ...test.values.map((value) => ({ value })),
        other(`none of ${listed(test.values)}`),
        ...test.values.flatMap(opposite),
      ];
    case 'contains':
    case 'starts_with':
    case 'ends_with':
      return [{ value: test.value }, other(`a text without ${test.value}`)];
    case 'contains_any':
      return [...test.values.map((value) => ({ value })), other('a text without any of them')];
    case 'matches':
      return [
        { value: matchingText(test.pattern), says: `a text that matches ${test.pattern}` },
        other(`a text that does not match ${test.pattern}`),
      ];
    case 'has_all':
      return [{ value: [...test.values] }, { value: [], says: 'an empty list' }];
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return around(test.value, scale);
    case 'between':
      return [...around(test.from, scale), ...around(test.to, scale)];
    case 'before':
    case 'after': {
      const time = Date.parse(test.time);
      return [isoTime(time), isoTime(time - 1_000)];
    }
    case 'in_last_days':
    case 'in_next_days':
      return [
        isoTime(now),
        isoTime(now - (test.days + 1) * DAY),
        isoTime(now + (test.days + 1) * DAY),
      ];
    case 'anniversary_in_days':
      // Today's date differs around the world; one of these is the shop's.
      return [0, 1, -1, 60].map((days) => ({
        value: new Date(now + days * DAY).toISOString().slice(0, 10),
      }));
    case 'version_gte':
      return [{ value: test.version }, { value: '0' }];
    case 'version_lt':
      return [{ value: '0' }, { value: test.version }];
    case 'exists':
    case 'missing':
      return [other('any value')];
  }
}

const DAY = 86_400_000;

function withoutValue(test: Test | NumberTest): readonly Proposal[] {
  return test.op === 'missing' ||
    test.op === 'exists' ||
    test.op === 'is_not' ||
    test.op === 'not_in'
    ? [{ value: undefined, says: 'nothing' }]
    : [];
}

function isoTime(ms: number): Proposal {
  return { value: new Date(ms).toISOString() };
}

function other(says: string): Proposal {
  return { value: OTHER_TEXT, says };
}

function opposite(value: string | number | boolean): readonly Proposal[] {
  return typeof value === 'boolean' ? [{ value: !value }] : [];
}

function around(cut: number, scale: Scale): readonly Proposal[] {
  return figuresAround(cut, scale).map((value) => ({ value }));
}

/** A test of a list asks whether some member passes: one more member, or the list without it. */
function inList(proposal: Proposal, list: readonly Json[]): readonly Proposal[] {
  const { value } = proposal;
  if (Array.isArray(value) || value === undefined) {
    return [proposal];
  }
  return [
    { value: [...list, value], says: `also ${proposal.says ?? String(value)}` },
    { value: [value], says: `only ${proposal.says ?? String(value)}` },
    { value: [], says: 'nothing' },
  ];
}

function listed(values: readonly (string | number | boolean)[]): string {
  return values.length > 5 ? `${values.slice(0, 5).join(', ')} …` : values.join(', ');
}
