import { Problem } from '@tenth/model/problem.ts';
import type { z } from 'zod';

/**
 * Checks one part of a request with its schema.
 *
 * @throws {Problem} body-invalid, with the path of the first thing that does not fit
 */
export function checkPart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const issue = deepest(result.error.issues);
  throw new Problem('body-invalid', issue?.message ?? 'Does not fit.', fieldOf(issue));
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
    (text, step) =>
      typeof step === 'number'
        ? `${text}[${step}]`
        : `${text}${text === '' ? '' : '.'}${String(step)}`,
    '',
  );
}
