import type { SiteEvent } from '@tenth/model/event.ts';
import type { Profile, Trait } from '@tenth/model/profile.ts';
import { deviceKey } from '../profile.ts';

/** Segment refuses an identify with more; here the traits that are known already may still change. */
const MOST_TRAITS = 300;

/** Traits of an `identify`, the later statement of each standing, whatever order they arrive in. */
export function reduceTraits(traits: Profile['traits'], event: SiteEvent): Profile['traits'] {
  if (event.type !== 'identify') {
    return traits;
  }
  const changed: Record<string, Trait> = { ...traits };
  let known = Object.keys(changed).length;
  for (const [name, value] of Object.entries(event.traits)) {
    const before = changed[name];
    if (name === '__proto__' || (before === undefined && known >= MOST_TRAITS)) {
      continue;
    }
    const said = { value, at: event.at, device: deviceKey(event), isVerified: event.isVerified };
    if (before === undefined) {
      known += 1;
    }
    changed[name] = before === undefined ? said : laterTrait(before, said);
  }
  return changed;
}

/** The later of two statements; of two at the same moment, the one that sorts last, whoever asks. */
export function laterTrait(left: Trait, right: Trait): Trait {
  if (left.at !== right.at) {
    return left.at > right.at ? left : right;
  }
  return JSON.stringify(left) > JSON.stringify(right) ? left : right;
}
