import type { Messages } from '../../messages/catalogue.ts';

export const leastPasswordLength = 10;

export interface PasswordErrors {
  readonly password?: string;
  readonly repeat?: string;
}

/** What is wrong with a new password, by field; empty when nothing is. */
export function checkNewPassword(
  given: { readonly password: string; readonly repeat: string },
  messages: Messages['signIn'],
): PasswordErrors {
  if (given.password.length < leastPasswordLength) {
    return { password: messages.tooShort };
  }
  return given.password === given.repeat ? {} : { repeat: messages.notSame };
}
