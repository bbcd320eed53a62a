import { z } from 'zod';

/** Every refusal that a caller can act on. */
export const problems = {
  'body-not-json': { status: 400, title: 'The body is not JSON' },
  'body-invalid': { status: 400, title: 'The body does not fit' },
  'body-too-large': { status: 413, title: 'The body is over the size limit' },
  'body-too-deep': { status: 400, title: 'The body is nested too deeply' },
  'event-too-large': { status: 400, title: 'The event is over 32 KB' },
  'batch-too-large': { status: 400, title: 'The batch is over 500 KB' },
  'encoding-unsupported': { status: 415, title: 'The content encoding is not supported' },
  'write-key-missing': { status: 401, title: 'No write key was given' },
  'write-key-unknown': { status: 401, title: 'The write key is not known' },
  'api-key-missing': { status: 401, title: 'No API key was given' },
  'api-key-unknown': { status: 401, title: 'The API key is not known' },
  'signed-out': { status: 401, title: 'Sign in first' },
  'password-wrong': { status: 401, title: 'The password is not right' },
  'password-set-already': { status: 409, title: 'A password has been set already' },
  'password-weak': { status: 422, title: 'The password is too easy to guess' },
  'user-unknown': { status: 403, title: 'There is no user with this address' },
  'provider-refused': { status: 401, title: 'The provider did not sign you in' },
  'provider-unavailable': { status: 503, title: 'The provider does not answer now' },
  'code-needed': { status: 401, title: 'A code of the authenticator app is needed' },
  'code-wrong': { status: 401, title: 'The code is not right' },
  'totp-set-already': { status: 409, title: 'An authenticator app is set up already' },
  'invitation-ended': { status: 410, title: 'The link has been used or has run out' },
  'user-exists': { status: 409, title: 'There is a user with this address already' },
  'last-owner': { status: 409, title: 'The last owner stays one' },
  'too-many-attempts': { status: 429, title: 'Too many attempts' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'scope-missing': { status: 403, title: 'The API key may not do this' },
  'permission-missing': { status: 403, title: 'Your role may not do this' },
  'origin-not-allowed': { status: 403, title: 'The write key may not be used from this page' },
  'not-same-origin': { status: 403, title: 'The request came from another site' },
  'metrics-closed': { status: 403, title: 'Metrics are not open to this caller' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'definition-invalid': { status: 422, title: 'The definition does not fit' },
  'address-refused': { status: 422, title: 'The address may not be called' },
  'nothing-waits': { status: 409, title: 'No change is waiting' },
  'merge-undone-already': { status: 409, title: 'The merge has been undone already' },
  'store-unavailable': { status: 503, title: 'The store does not answer now' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const;
export type ProblemCode = keyof typeof problems;

/** RFC 9457 problem details. */
export const problemDetails = z.strictObject({
  type: z.string().describe('urn:tenth:problem:CODE'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional().describe('What to do next'),
  field: z.string().optional().describe('Path of the offending field'),
  requestId: z.string().optional(),
});
export type ProblemDetails = z.infer<typeof problemDetails>;

/** Thrown where a request is refused; the HTTP edge renders it as {@link ProblemDetails}. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly field: string | undefined;
  /** When it may be tried again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    field?: string,
    again: { readonly retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.field = field;
    this.retryAfterSeconds = again.retryAfterSeconds;
  }

  get status(): number {
    return problems[this.code].status;
  }

  toDetails(requestId: string | undefined): ProblemDetails {
    return {
      type: `urn:tenth:problem:${this.code}`,
      title: problems[this.code].title,
      status: this.status,
      detail: this.message,
      ...(this.field === undefined ? {} : { field: this.field }),
      ...(requestId === undefined ? {} : { requestId }),
    };
  }
}
