import type { ProfileId } from '@tenth/model/ids.ts';
import { hash128 } from './hash128.ts';
import type { Identifier } from './identifier.ts';

/** The id of the profile that a person's first identifier founds: the same in every replay. */
export function profileIdOf(workspaceId: string, { kind, value }: Identifier): ProfileId {
  // 26 characters of base 32 by construction.
  return hash128(`${workspaceId}\n${kind}\n${value}`) as ProfileId;
}
