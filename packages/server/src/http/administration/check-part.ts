import { Problem } from '@tenth/model/problem.ts';
import type { z } from 'zod';
import { isDeeperThan } from '../collection/nesting.ts';

/** Conditions may stand 12 deep, two levels of JSON each, within a campaign. */
const MAX_DEPTH = 64;

/**
 * Checks one part of a request with its schema.
 *
 * @throws {Problem} body-invalid, with the path of the first thing that does not fit; body-too-deep
 */
export function checkPart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  // Schemas refer to themselves, and would go as deep as what was sent.
  if (isDeeperThan(value, MAX_DEPTH)) {
    throw new Problem('body-too-deep', `Nest at most ${MAX_DEPTH} levels.`);
  }
  refuseNull(value, '');
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const issue = deepest(result.error.issues);
  throw new Problem('body-invalid', issue?.message ?? 'Does not fit.', fieldOf(issue));
}

/** PostgreSQL can hold every character of a text but this one, and nobody means it. */
function refuseNull(value: unknown, field: string): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new Problem('body-invalid', 'The character U+0000 cannot stand in a text.', field);
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      refuseNull(key, field);
      refuseNull(item, Array.isArray(value) ? `${field}[${key}]` : joined(field, key));
    }
  }
}

function joined(field: string, key: string): string {
  return field === '' ? key : `${field}.${key}`;
}

type Issue = z.core.$ZodIssue;

/** In a union, the complaint of the variant that fitted furthest says most. */
function deepest(issues: readonly Issue[]): Issue | undefined {
  const [first] = issues;
  if (first?.code !== 'invalid_union' || first.errors.length === 0) {
    return first;
  }
  const within = first.errors
    .map((variant) => deepest(variant))
    .filter((issue) => issue !== undefined)
    .sort((left, right) => right.path.length - left.path.length)[0];
  return within === undefined || within.path.length === 0
    ? first
    : { ...within, path: [...first.path, ...within.path] };
}

function fieldOf(issue: Issue | undefined): string {
  if (issue === undefined) {
    return '';
  }
  const path =
    issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : joined(text, String(step))),
    '',
  );
}
