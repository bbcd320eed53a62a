import type { PeopleList } from '@tenth/model/list.ts';

export type MemberKind = PeopleList['by'];

export type ReadMember =
  | { readonly kind: 'member'; readonly value: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** As long as a userId may be where events come in. */
const MOST_CHARS = 255;
/** What a decoder puts where bytes are no character of the encoding. */
const UNREADABLE = '\ufffd';
/** No more than that it could be one: the address has proved itself where the shop mails to it. */
const EMAIL = /^[^\s@"',;<>]+@[^\s@"',;<>]+$/;

/** One cell as the member that it names: trimmed, an e-mail address in lower case. */
export function readMember(cell: string, by: MemberKind): ReadMember {
  const value = by === 'email' ? cell.trim().toLowerCase() : cell.trim();
  const reason = whyNot(value, by);
  return reason === undefined ? { kind: 'member', value } : { kind: 'refused', reason };
}

function whyNot(value: string, by: MemberKind): string | undefined {
  if (value === '') {
    return by === 'email' ? 'has no e-mail address' : 'has no user id';
  }
  if (value.length > MOST_CHARS) {
    return `has more than ${MOST_CHARS} characters`;
  }
  if (value.includes(UNREADABLE)) {
    return 'has characters that are not of the encoding; send UTF-8, or name the charset';
  }
  return by === 'email' && !EMAIL.test(value) ? 'is no e-mail address' : undefined;
}
