import { mostListLines } from '@tenth/model/list.ts';
import { expect, test } from 'vitest';
import type { MemberKind } from './read-member.ts';
import { takeMembers } from './take-members.ts';

interface Given {
  readonly text: string | Uint8Array;
  readonly by?: MemberKind;
  readonly column?: string;
  readonly mediaType?: 'text/csv' | 'text/plain';
  readonly charset?: string;
}

function take({ text, by = 'email', column, mediaType = 'text/csv', charset = 'utf-8' }: Given) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 100_001) {
      yield bytes.subarray(at, at + 100_001);
    }
  }
  return takeMembers({ mediaType, charset, chunks: chunks() }, { by, column });
}

test('addresses are trimmed, put in lower case, and each counted once', async () => {
  const { members, report } = await take({
    text: ' Kim@Example.com \nlee@example.com\nKIM@example.com\n',
  });
  expect(members.has('kim@example.com')).toBe(true);
  expect(members.has('lee@example.com')).toBe(true);
  expect(members.has('Kim@Example.com')).toBe(false);
  expect(report).toEqual({ lines: 3, duplicates: 1, refused: 0, firstRefused: [] });
});

test('user ids are trimmed and keep their case', async () => {
  const { members } = await take({ by: 'user_id', text: ' Member-1 \n김민지\n' });
  expect(members.has('Member-1')).toBe(true);
  expect(members.has('member-1')).toBe(false);
  expect(members.has('김민지')).toBe(true);
});

test.each([
  { name: 'a well-known heading', text: 'no,E-Mail,name\n1,a@b.kr,x\n' },
  { name: 'a Korean heading', text: '번호,이메일 주소\n1,a@b.kr\n' },
  { name: 'a heading after a byte order mark', text: '\ufeffemail\na@b.kr\n' },
  { name: 'no heading', text: 'a@b.kr\n' },
  {
    name: 'the heading that was asked for',
    text: 'email,Contact\nz@b.kr,a@b.kr\n',
    column: 'contact',
  },
])('the column is found by $name', async ({ text, column }) => {
  const { members, report } = await take({ text, ...(column === undefined ? {} : { column }) });
  expect(members.size).toBe(1);
  expect(members.has('a@b.kr')).toBe(true);
  expect(report.lines).toBe(1);
});

test('a user id goes before a mere id', async () => {
  const { members } = await take({ by: 'user_id', text: 'id,user_id\n1,u1\n' });
  expect(members.has('u1')).toBe(true);
});

test('plain text may have a heading too', async () => {
  const { members, report } = await take({
    by: 'user_id',
    mediaType: 'text/plain',
    text: 'user_id\nu,1\n',
  });
  expect(members.has('u,1')).toBe(true);
  expect(report.lines).toBe(1);
});

test('lines that do not fit are counted, the first 20 named, and the others taken', async () => {
  const bad = Array.from({ length: 30 }, (_, index) => `nobody-${index}`);
  const { members, report } = await take({
    text: `email,name\na@b.kr,x\n,no address\n"open,1\n${bad.join('\n')}\nc@d.kr,y\n`,
  });
  expect(members.size).toBe(2);
  expect(report).toMatchObject({ lines: 34, refused: 32, duplicates: 0 });
  expect(report.firstRefused).toHaveLength(20);
  expect(report.firstRefused.slice(0, 3)).toEqual([
    { line: 3, reason: 'has no e-mail address' },
    { line: 4, reason: 'opens a quote that is not closed' },
    { line: 5, reason: 'is no e-mail address' },
  ]);
});

test('other encodings are read when they are named, and noticed when they are not', async () => {
  // 회원 in EUC-KR.
  const text = Uint8Array.of(0xc8, 0xb8, 0xbf, 0xf8, 0x0a);
  const { members } = await take({ by: 'user_id', text, charset: 'euc-kr' });
  expect(members.has('회원')).toBe(true);
  await expect(take({ by: 'user_id', text })).rejects.toMatchObject({
    code: 'body-invalid',
    message: expect.stringContaining('name the charset'),
  });
  await expect(take({ text: 'a@b.kr', charset: 'klingon' })).rejects.toMatchObject({
    code: 'encoding-unsupported',
  });
});

test.each([
  { name: 'nothing', given: { text: '' }, says: 'empty' },
  { name: 'a heading alone', given: { text: 'email\n' }, says: 'empty' },
  { name: 'no address at all', given: { text: 'kim\nlee\n' }, says: 'line 1 is no e-mail address' },
  { name: 'columns without a heading', given: { text: '1,a@b.kr\n' }, says: '2 columns' },
  { name: 'no such column', given: { text: 'a,b\n1,2\n', column: 'c' }, says: 'has: a, b' },
  {
    name: 'a column of plain text',
    given: { text: 'a', column: 'c', mediaType: 'text/plain' as const },
    says: 'Only text/csv',
  },
])('$name is refused', async ({ given, says }) => {
  await expect(take(given)).rejects.toMatchObject({
    code: 'body-invalid',
    message: expect.stringContaining(says),
  });
});

test('a million lines are taken, one more is not', async () => {
  const lines = Array.from({ length: mostListLines }, (_, index) => `u${index}`).join('\n');
  const { members } = await take({ by: 'user_id', text: `user_id\n${lines}\n` });
  expect(members.size).toBe(mostListLines);
  await expect(take({ by: 'user_id', text: `${lines}\none-more\n` })).rejects.toMatchObject({
    code: 'body-too-large',
  });
}, 60_000);
