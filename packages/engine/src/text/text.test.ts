import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryCondition } from '../testing/condition-arbitrary.ts';
import type { ArbitraryConditionOptions } from '../testing/condition-vocabulary.ts';
import { parseCondition } from './parse-condition.ts';
import { printCondition } from './print-condition.ts';
import { ConditionSyntaxError } from './syntax-error.ts';

const whole: ArbitraryConditionOptions = {
  segments: ['vip', '1-new', 'and'],
  lists: ['invited', 'or'],
  variables: [{ id: 'power', levels: ['low', 'high', 'any', 'is it?'] }],
  attributes: [{ id: 'gender', values: ['female', 'male', '여성'] }],
};

for (const isWild of [false, true]) {
  test(`what is printed reads back to the same${isWild ? ', however strange' : ''}`, () => {
    fc.assert(
      fc.property(arbitraryCondition({ ...whole, isWild }), (condition) => {
        const text = printCondition(condition);
        expect(parseCondition(text)).toStrictEqual(condition);
        expect(printCondition(parseCondition(text))).toBe(text);
      }),
      { numRuns: isWild ? 500 : 2_000 },
    );
  });
}

test('no text makes the reader throw anything but a syntax error, at a place within the text', () => {
  const scrap = fc.oneof(
    fc.tuple(arbitraryCondition(whole), fc.nat(), fc.nat()).map(([condition, a, b]) => {
      const text = printCondition(condition);
      const start = a % (text.length + 1);
      return text.slice(0, start) + text.slice(start + (b % 9));
    }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 3 }), (scraps) => {
      const text = scraps.join(' ');
      try {
        parseCondition(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ConditionSyntaxError);
        if (error instanceof ConditionSyntaxError) {
          const line = text.split('\n')[error.line - 1] ?? '';
          expect(line.slice(error.column - 1).startsWith(error.found)).toBe(true);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});
