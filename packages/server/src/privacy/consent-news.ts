import { keepableText } from '../identify/identifier.ts';
import { type FiledConsent, latestOf, standingConsent } from './current-consents.ts';
import type { NewConsent } from './ports.ts';

/** What has been written down of a person's answers to one purpose, as far as new ones are judged by it. */
export interface HeardConsents {
  readonly personId: FiledConsent['profileId'];
  /** In the order in which they were written down. */
  readonly filed: readonly HeardConsent[];
  /** The last of the person's merges; undefined for none. */
  readonly mergedAt: string | undefined;
}

export type HeardConsent = Pick<
  FiledConsent,
  'profileId' | 'state' | 'at' | 'textVersion' | 'anonymousId' | 'givenBy'
>;

/** An answer, with what was heard before of its person and purpose: one object for all of the same. */
export interface SaidConsent {
  readonly consent: NewConsent;
  readonly heard: HeardConsents;
}

/**
 * Chooses the answers that are to be written down. Browsers repeat their preferences with every event; what
 * counts is a change, so an answer is compared with what had been said by its own time:
 *
 * - A no of an event is news unless the person's standing answer and the same browser's last one are both no.
 *   It takes effect whoever said yes before.
 * - A yes of an event is news unless the same browser's last answer was yes to the same wording. A yes that a
 *   page merely repeats does not outweigh a no from elsewhere; a yes after the browser's own no does.
 * - An answer by any other way is an act: news where it differs from the standing one in state or wording.
 *
 * An answer that is news counts for those after it in the list. Pure.
 */
export function pickNews(said: readonly SaidConsent[]): readonly SaidConsent[] {
  const filedOf = new Map<HeardConsents, HeardConsent[]>();
  return said.filter(({ consent, heard }) => {
    const filed = filedOf.get(heard) ?? [...heard.filed];
    filedOf.set(heard, filed);
    const one = toHeard(consent, heard.personId);
    const isChange = isNews(
      one,
      filed.filter(({ at }) => at <= one.at),
      heard.mergedAt,
    );
    if (isChange) {
      filed.push(one);
    }
    return isChange;
  });
}

function isNews(
  one: HeardConsent,
  before: readonly HeardConsent[],
  mergedAt: string | undefined,
): boolean {
  const standing = standingConsent(before, mergedAt);
  if (one.givenBy !== 'event') {
    return !isSame(standing, one);
  }
  // Events without an anonymous id, those of servers, are one voice of their own.
  const own = latestOf(
    before.filter(
      ({ givenBy, anonymousId }) => givenBy === 'event' && anonymousId === one.anonymousId,
    ),
  );
  return one.state === 'withdrawn'
    ? standing?.state !== 'withdrawn' || own?.state !== 'withdrawn'
    : !isSame(own, one);
}

function isSame(before: HeardConsent | undefined, one: HeardConsent): boolean {
  return before?.state === one.state && before.textVersion === one.textVersion;
}

function toHeard(consent: NewConsent, profileId: HeardConsent['profileId']): HeardConsent {
  const { state, at, textVersion, anonymousId, givenBy } = consent;
  return {
    profileId,
    state,
    at: new Date(at).toISOString(),
    // As the store has those that it is compared with.
    textVersion: textVersion === undefined ? null : keepableText(textVersion),
    anonymousId: anonymousId === undefined ? null : keepableText(anonymousId),
    givenBy,
  };
}
