import type { Profile } from '@tenth/model/profile.ts';
import { mergeProfiles } from '../merge.ts';
import { newProfile } from '../profile.ts';
import type { RecordedEvent } from './recorded-event.ts';

/**
 * The profile that an event found: founded by it, made known by it, or with another merged in, in the
 * order in which the commit did so then.
 *
 * @param known    The profile it was filed under, as left by the event before; undefined before the first.
 * @param absorbed The profile that was merged in; undefined where none was, or the log has nothing of it.
 */
export function identified(
  known: Profile | undefined,
  absorbed: Profile | undefined,
  recorded: RecordedEvent,
): Profile {
  const { event, profileId, userId, isFirst } = recorded;
  const found = known === undefined || isFirst ? newProfile(profileId, event.at) : known;
  const named = userId !== undefined && found.userId === undefined ? { ...found, userId } : found;
  return absorbed === undefined ? named : mergeProfiles(named, absorbed);
}
