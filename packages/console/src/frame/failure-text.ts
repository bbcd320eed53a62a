import { ApiError } from '../api/api-error.ts';
import type { Messages } from '../messages/catalogue.ts';
import { problemText } from './problem-text.ts';

/** What went wrong, in the reader's words where there are some. */
export function failureText(error: Error, messages: Messages): string {
  return error instanceof ApiError ? problemText(error.problem, messages) : error.message;
}
