import { Problem } from '@tenth/model/problem.ts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loggableError } from './loggable-error.ts';

const PERSON = 'kim.minsu@example.com';

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('what an error quotes of a visitor is not logged, and its place and code are', () => {
  const errors = [
    thrownBy(() => JSON.parse(`{"email": ${PERSON}}`)),
    thrownBy(() => BigInt(PERSON)),
    thrownBy(() => new URL(`:${PERSON}`)),
    thrownBy(() => decodeURIComponent(`%${PERSON}`)),
    thrownBy(() => z.strictObject({}).parse({ [PERSON]: 1 })),
    Object.assign(new Error(`invalid input syntax for type bigint: ${PERSON}`), { code: '22P02' }),
    Object.assign(new Error('duplicate key'), { code: '23505', detail: `Key (email)=(${PERSON})` }),
    new Error(`Code: 27. DB::Exception: Cannot parse ${PERSON} here: (CANNOT_PARSE_INPUT)`),
    new Error(`relation "${PERSON}" does not exist`),
    new Problem('not-found', `No person ${PERSON}`),
    new Error('the batch failed', { cause: new SyntaxError(PERSON) }),
  ];
  for (const error of errors) {
    const logged = JSON.stringify(loggableError(error));
    expect(logged).not.toContain(PERSON);
    expect(logged).toContain('loggable-error.test.ts');
  }
});

test('an operator sees what happened', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
    code: 'ECONNREFUSED',
  });
  expect(loggableError(new Error('events cannot be stored', { cause: refused }))).toMatchObject({
    type: 'Error',
    message: 'events cannot be stored',
    cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:5432' },
  });
  const parsing = new Error('Code: 27. DB::Exception: Cannot parse: x (CANNOT_PARSE_INPUT)');
  expect(loggableError(parsing).code).toBe('27 CANNOT_PARSE_INPUT');
});

test('errors that cause one another end somewhere', () => {
  const error = new Error('round and round');
  error.cause = error;
  expect(JSON.stringify(loggableError(error)).length).toBeLessThan(20_000);
});
