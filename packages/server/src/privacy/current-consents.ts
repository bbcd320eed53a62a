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
 * What stands now, purpose by purpose. Pure.
 *
 * @param filed    In the order in which they were written down.
 * @param mergedAt The last of the person's merges; undefined for none.
 */
export function currentConsents(
  filed: readonly FiledConsent[],
  mergedAt: string | undefined,
): CurrentConsent[] {
  return consentPurposes.flatMap((purpose) => {
    const standing = standingConsent(
      filed.filter((one) => one.purpose === purpose),
      mergedAt,
    );
    if (standing === undefined) {
      return [];
    }
    const { state, at, textVersion, source } = standing;
    return [{ purpose, state, at, textVersion, source }];
  });
}

/**
 * What stands of the answers to one purpose: the latest. Where profiles were merged, a yes to the one does
 * not outweigh a no to the other; only a yes since they are one person does. Pure.
 *
 * @param filed    In the order in which they were written down, which decides between those of one moment.
 * @param mergedAt The last of the person's merges; undefined for none.
 */
export function standingConsent<One extends Pick<FiledConsent, 'profileId' | 'state' | 'at'>>(
  filed: readonly One[],
  mergedAt: string | undefined,
): One | undefined {
  const last = latestOf(filed);
  if (last === undefined || mergedAt === undefined || last.at > mergedAt) {
    return last;
  }
  const latest = new Map<ProfileId, One>();
  for (const one of filed) {
    const before = latest.get(one.profileId);
    if (before === undefined || before.at <= one.at) {
      latest.set(one.profileId, one);
    }
  }
  return [...latest.values()].find(({ state }) => state === 'withdrawn') ?? last;
}

/** @param filed In the order in which they were written down. */
export function latestOf<One extends Pick<FiledConsent, 'at'>>(
  filed: readonly One[],
): One | undefined {
  let latest: One | undefined;
  for (const one of filed) {
    if (latest === undefined || latest.at <= one.at) {
      latest = one;
    }
  }
  return latest;
}
