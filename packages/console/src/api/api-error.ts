import { isJsonObject } from '@tenth/model/json.ts';
import { type ProblemCode, problems } from '@tenth/model/problem.ts';

/** `unreachable`: no answer came. `unreadable`: an answer came that is no problem details. */
export type ErrorCode = ProblemCode | 'unreachable' | 'unreadable';

export interface ApiProblem {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly field?: string;
  readonly requestId?: string;
}

/** A call that failed, with what the server said about it. */
export class ApiError extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem, cause?: unknown) {
    super(problem.detail ?? problem.title, { cause });
    this.name = 'ApiError';
    this.problem = problem;
  }
}

const prefix = 'urn:tenth:problem:';

/** Whether a text is the code of a problem there is. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

/** Reads RFC 9457 problem details; whatever else came back is told by its status. */
export function readProblem(status: number, body: unknown): ApiProblem {
  if (!isJsonObject(body) || typeof body.type !== 'string' || !body.type.startsWith(prefix)) {
    return { code: 'unreadable', status, title: `HTTP ${status}` };
  }
  const code = body.type.slice(prefix.length);
  return {
    code: isProblemCode(code) ? code : 'unreadable',
    status,
    title: typeof body.title === 'string' ? body.title : `HTTP ${status}`,
    ...(typeof body.detail === 'string' ? { detail: body.detail } : {}),
    ...(typeof body.field === 'string' ? { field: body.field } : {}),
    ...(typeof body.requestId === 'string' ? { requestId: body.requestId } : {}),
  };
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  return readProblem(response.status, body);
}
