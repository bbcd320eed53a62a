import type { MemberSet } from '../member-set.ts';
import { MemberSetBuilder } from '../member-set-builder.ts';

export function aMemberSet(values: Iterable<string>): Promise<MemberSet> {
  const builder = new MemberSetBuilder();
  for (const value of values) {
    builder.add(value);
  }
  return builder.build();
}

/** `user-0`, `user-1` and so on. */
export function numbered(count: number, prefix = 'user-'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}
