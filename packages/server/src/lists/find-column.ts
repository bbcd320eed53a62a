import { Problem } from '@tenth/model/problem.ts';
import type { MemberKind } from './read-member.ts';

/** Where the members stand in each record, and whether the first record is a heading. */
export interface FoundColumn {
  readonly index: number;
  readonly isHeading: boolean;
}

/**
 * Headings that exports of shops and mailing tools have, without case, spaces, hyphens and underscores.
 * The first that there is counts: where there is a user_id, the id is the row's.
 */
const wellKnown: Readonly<Record<MemberKind, readonly string[]>> = {
  user_id: [
    ...['userid', 'memberid', 'customerid', 'accountid', 'uid', 'user'],
    ...['회원id', '회원아이디', '회원번호', '고객id', '고객아이디', '고객번호', '아이디', 'id'],
  ],
  email: [
    ...['email', 'emailaddress', 'useremail', 'customeremail', 'mail', 'mailaddress'],
    ...['이메일', '이메일주소', '메일', '메일주소', '전자우편'],
  ],
};

/** Headings that a message names; an export may have hundreds. */
const MOST_NAMED = 20;

/**
 * Tells from the first record which column is meant: the one that was asked for, else one with a
 * well-known heading, else the only one.
 *
 * @throws {Problem} body-invalid, when that is not certain
 */
export function findColumn(
  first: readonly string[],
  { by, column }: { readonly by: MemberKind; readonly column: string | undefined },
): FoundColumn {
  const headings = first.map((cell) => cell.trim());
  if (column !== undefined) {
    const index = headings.findIndex((heading) => bare(heading) === bare(column));
    if (index === -1) {
      const there = headings.slice(0, MOST_NAMED).join(', ');
      const detail = `There is no column ${column}; the first line has: ${there}`;
      throw new Problem('body-invalid', detail, 'column');
    }
    return { index, isHeading: true };
  }
  const known = headings.map(bare);
  const heading = wellKnown[by].find((name) => known.includes(name));
  if (heading !== undefined) {
    return { index: known.indexOf(heading), isHeading: true };
  }
  if (headings.length > 1) {
    const detail = `There are ${headings.length} columns; name the one to take with column=. The first line has: ${headings.slice(0, MOST_NAMED).join(', ')}`;
    throw new Problem('body-invalid', detail, 'column');
  }
  return { index: 0, isHeading: false };
}

function bare(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
}
