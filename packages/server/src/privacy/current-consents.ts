import {
  type ConsentRecord,
  type CurrentConsent,
  consentPurposes,
} from '@tenth/model/consent-record.ts';
import type { ProfileId } from '@tenth/model/ids.ts';

/** A record, and the profile that it was written down for. */
export interface FiledConsent extends ConsentRecord {
  readonly profileId: ProfileId;
}

/**
 * What stands now, purpose by purpose: the latest answer. Where profiles were merged, a yes to the one does
 * not outweigh a no to the other; only a yes since they are one person does. Pure.
 *
 * @param filed    In the order in which they were written down.
 * @param mergedAt The last of the person's merges; undefined for none.
 */
export function currentConsents(
  filed: readonly FiledConsent[],
  mergedAt: string | undefined,
): CurrentConsent[] {
  return consentPurposes.flatMap((purpose) => {
    const latest = new Map<ProfileId, FiledConsent>();
    for (const one of filed) {
      const before = latest.get(one.profileId);
      if (one.purpose === purpose && (before === undefined || before.at <= one.at)) {
        latest.set(one.profileId, one);
      }
    }
    const [last] = [...latest.values()].sort((left, right) => (left.at < right.at ? 1 : -1));
    if (last === undefined) {
      return [];
    }
    const refusal = [...latest.values()].find(({ state }) => state === 'withdrawn');
    const isSince = mergedAt === undefined || last.at > mergedAt;
    const { state, at, textVersion, source } = isSince ? last : (refusal ?? last);
    return [{ purpose, state, at, textVersion, source }];
  });
}
