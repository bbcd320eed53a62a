import type { ApiProblem } from '../api/api-error.ts';
import type { Messages } from '../messages/catalogue.ts';

/** The reader's words for a problem, where there are some; else what the server said. */
export function problemText(
  problem: Pick<ApiProblem, 'code' | 'detail'>,
  messages: Messages,
): string {
  const known: Readonly<Record<string, string>> = messages.problem;
  return known[problem.code] ?? problem.detail ?? messages.problem.other;
}
