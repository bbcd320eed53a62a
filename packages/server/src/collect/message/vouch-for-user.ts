import type { JsonObject } from '@tenth/model/json.ts';
import type { MessageFacts } from './read-facts.ts';
import { Refusal } from './refusal.ts';

export interface Vouching {
  /** A userId counts with a valid signature only. */
  readonly isSignedOnly: boolean;
  /** True if the hash is the shop's server's signature of the userId. */
  readonly verifyUserHash: (userId: string, hash: string) => boolean;
  /** The sender is the shop's own server. */
  readonly isTrusted: boolean;
}

/** Who the event is of, as far as it may be believed. */
export interface Vouched {
  readonly userId: string | undefined;
  readonly isVerified: boolean;
  /** A userId was named and left out. */
  readonly isUnsigned: boolean;
}

const NO_SIGNATURE = new Refusal(
  'userId',
  'has no valid signature: send context.userHash, or an anonymousId along with it',
);
const ALIAS_WITHOUT_SIGNATURE = new Refusal(
  'userId',
  'alias needs a signature of the userId: send context.userHash',
);

/**
 * The write key is public and a userId can be guessed. So where the workspace wants signatures, a userId
 * without one says nothing: the event is its browser's, as if nobody had signed in there.
 */
export function vouchForUser(
  { type, userId, anonymousId }: Pick<MessageFacts, 'type' | 'userId' | 'anonymousId'>,
  { userHash }: JsonObject,
  { isSignedOnly, verifyUserHash, isTrusted }: Vouching,
): Vouched | Refusal {
  if (userId === undefined) {
    return { userId, isVerified: false, isUnsigned: false };
  }
  const isVerified =
    isTrusted || (typeof userHash === 'string' && verifyUserHash(userId, userHash));
  if (isVerified || !isSignedOnly) {
    return { userId, isVerified, isUnsigned: false };
  }
  if (type === 'alias') {
    return ALIAS_WITHOUT_SIGNATURE;
  }
  return anonymousId === undefined
    ? NO_SIGNATURE
    : { userId: undefined, isVerified: false, isUnsigned: true };
}
