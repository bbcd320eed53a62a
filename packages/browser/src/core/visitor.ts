import { newId } from './new-id.ts';
import { readKept, readKeptCookie, readLocal, writeKept } from './site-storage.ts';

const ANONYMOUS = 'tenth_id';
const USER = 'tenth_user';

/** Who this browser is. Ids live in memory until `keep` is told that they may be stored. */
export interface Visitor {
  anonymousId(): string;
  userId(): string | undefined;
  setAnonymousId(id: string): void;
  setUserId(id: string): void;
  /** Someone else sits down: a new anonymous visitor. */
  reset(): void;
  /** Turns storing on or off. Off removes what was stored and forgets it. */
  keep(isKept: boolean): void;
}

/**
 * The member whom this host remembers, who counts only beside the visitor they were stored with:
 * whoever signed out on `www.shop.kr` is a new visitor on `m.shop.kr` by the cookie both share, but
 * its localStorage still holds the member.
 */
function readLocalUser(anonymousId: string | undefined): string | undefined {
  return readLocal(ANONYMOUS) === anonymousId ? readLocal(USER) : undefined;
}

export function createVisitor(): Visitor {
  let isKept = false;
  let anonymousId: string | undefined;
  let userId: string | undefined;

  function store(): void {
    if (isKept) {
      writeKept(ANONYMOUS, anonymousId);
      writeKept(USER, userId);
    }
  }
  function getAnonymousId(): string {
    if (anonymousId === undefined) {
      anonymousId = newId();
      store();
    }
    return anonymousId;
  }
  return {
    anonymousId: getAnonymousId,
    userId: () => userId,
    setAnonymousId(id) {
      anonymousId = id;
      store();
    },
    setUserId(id) {
      userId = id;
      store();
    },
    reset() {
      anonymousId = userId = undefined;
      getAnonymousId();
      store();
    },
    keep(mayKeep) {
      isKept = mayKeep;
      if (isKept) {
        // A stored id outranks one made up while waiting for the visitor's answer. Storing again
        // renews the cookie's year, which Safari cuts to a week.
        anonymousId = readKept(ANONYMOUS) ?? anonymousId;
        userId ??= readKeptCookie(USER) ?? readLocalUser(anonymousId);
        getAnonymousId();
        store();
      } else {
        anonymousId = userId = undefined;
        writeKept(ANONYMOUS, undefined);
        writeKept(USER, undefined);
      }
    },
  };
}
