import type { ProblemCode } from '@tenth/model/problem.ts';
import { isProblemCode } from '../../api/api-error.ts';

/** The problem with which a provider's sign-in ended; it stands behind the hash. */
export function readSignInFailure(hash: string): ProblemCode | undefined {
  const [, code = ''] = /^#sign-in-failed=([a-z-]{1,40})$/.exec(hash) ?? [];
  return isProblemCode(code) ? code : undefined;
}
