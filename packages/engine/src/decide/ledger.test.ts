import type { PersonCaps } from '@tenth/model/campaign.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import type { LedgerEntry } from '@tenth/model/profile.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import type { Plan } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import { aCampaign, anEvent, aPlan, aProfileId, aTrack, T0 } from '../testing/builders.ts';

interface Shown {
  readonly campaignId: CampaignId;
  readonly at: number;
  readonly sessionId: string;
  readonly isSeen: boolean;
}

/** Page views at these moments; what is shown is seen at once where it is said so. */
function browse(
  plan: Plan,
  moments: readonly number[],
  isSeen: (shown: Pick<Shown, 'campaignId' | 'at'>) => boolean,
) {
  let profile = newProfile(aProfileId(), T0);
  let longest = 0;
  const shown: Shown[] = [];
  for (const at of moments) {
    const { decisions, ...applied } = applyEvent(profile, anEvent({ at }), plan, at);
    profile = applied.profile;
    for (const { campaignId, decisionId } of decisions) {
      const seen = isSeen({ campaignId, at });
      shown.push({ campaignId, at, sessionId: applied.session?.id ?? '', isSeen: seen });
      if (seen) {
        const told = aTrack('Message Seen', { decision_id: decisionId }, { at: at + 1 });
        profile = applyEvent(profile, told, plan, undefined).profile;
      }
    }
    longest = Math.max(longest, profile.ledger.length);
  }
  return {
    profile,
    longest,
    of: (id: string) => shown.filter((one) => one.campaignId === id),
    shown,
  };
}

const every = (minutes: number, times: number) =>
  Array.from({ length: times }, (_, index) => T0 + index * minutes * MINUTE_MS);
const inline = (placement: string) => ({ kind: 'inline', placement }) as const;

describe('a week’s cap of one holds', () => {
  const popup = aCampaign({ id: 'popup', caps: { week: 1 } });

  test('beside placements that are seen on every page', () => {
    const plan = aPlan({
      campaigns: [
        popup,
        ...['a', 'b', 'c', 'd'].map((id) =>
          aCampaign({
            id,
            format: inline(id),
            caps: { session: 5 },
            countsTowardsPersonCaps: false,
          }),
        ),
      ],
    });
    const visits = Array.from({ length: 6 }, (_, visit) =>
      every(1, 5).map((at) => at + visit * 12 * HOUR_MS),
    );
    expect(browse(plan, visits.flat(), () => true).of('popup')).toHaveLength(1);
  });

  test('beside placements that nobody ever sees', () => {
    const plan = aPlan({
      campaigns: [
        popup,
        ...['x', 'y'].map((id) => aCampaign({ id, format: inline(id), caps: { week: 3 } })),
      ],
    });
    const seen = browse(plan, every(11, 300), ({ campaignId }) => campaignId === 'popup');
    expect(seen.of('popup')).toHaveLength(1);
    expect(seen.longest).toBeLessThan(100);
  });
});

test('a cap above what a ledger usually holds is kept to', () => {
  const plan = aPlan({
    settings: { name: 'Shop', personCaps: {} },
    campaigns: [aCampaign({ id: 'c', caps: { day: 100 } })],
  });
  const { of, profile } = browse(plan, every(1, 200), () => true);
  expect(of('c')).toHaveLength(100);
  expect(profile.ledger).toHaveLength(100);
});

test('a ledger does not grow with what no cap asks for, and counts what it lets go of', () => {
  const plan = aPlan({
    settings: { name: 'Shop', personCaps: {} },
    campaigns: [aCampaign({ id: 'c', caps: {} })],
  });
  const { longest, profile } = browse(plan, every(1, 300), () => true);
  expect(longest).toBe(80);
  expect(profile.ledgerOlder).toEqual({ c: 220 });
});

const cap = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });
const windowCaps = fc
  .record({ session: cap, day: cap, week: cap })
  .map((caps) => Object.fromEntries(Object.entries(caps).filter(([, one]) => one !== undefined)));

test('no cap is exceeded by what was seen, over long histories', () => {
  fc.assert(
    fc.property(
      fc.record({
        campaigns: fc.array(fc.record({ caps: windowCaps, counts: fc.boolean() }), {
          minLength: 2,
          maxLength: 5,
        }),
        personCaps: windowCaps,
        // Longer than a reservation, so that what was not seen is free again.
        gaps: fc.array(fc.integer({ min: 11, max: 200 }), { minLength: 120, maxLength: 200 }),
        seenOf: fc.integer({ min: 1, max: 4 }),
      }),
      ({ campaigns, personCaps, gaps, seenOf }) => {
        const definitions = campaigns.map(({ caps, counts }, index) =>
          aCampaign({
            id: `c${index}`,
            format: inline(`p${index}`),
            caps,
            countsTowardsPersonCaps: counts,
          }),
        );
        const plan = aPlan({ settings: { name: 'Shop', personCaps }, campaigns: definitions });
        let at = T0;
        const moments = gaps.map((gap) => {
          at += gap * MINUTE_MS;
          return at;
        });
        const { shown } = browse(plan, moments, (one) => (one.at / MINUTE_MS) % seenOf < 1);
        shown.forEach((one, index) => {
          const before = shown.slice(0, index).filter(({ isSeen }) => isSeen);
          const definition = definitions.find(({ id }) => id === one.campaignId);
          const own = before.filter(({ campaignId }) => campaignId === one.campaignId);
          requireRoom(one, own, definition?.caps ?? {});
          if (definition?.countsTowardsPersonCaps) {
            const counting = before.filter(
              ({ campaignId }) =>
                definitions.find(({ id }) => id === campaignId)?.countsTowardsPersonCaps,
            );
            requireRoom(one, counting, personCaps);
          }
        });
      },
    ),
    { numRuns: 40 },
  );
});

function requireRoom({ at, sessionId }: Shown, before: readonly Shown[], caps: PersonCaps): void {
  const inSession = before.filter((one) => one.sessionId === sessionId).length;
  const since = (age: number) => before.filter((one) => one.at > at - age).length;
  expect(inSession).toBeLessThan(caps.session ?? Number.POSITIVE_INFINITY);
  expect(since(DAY_MS)).toBeLessThan(caps.day ?? Number.POSITIVE_INFINITY);
  expect(since(7 * DAY_MS)).toBeLessThan(caps.week ?? Number.POSITIVE_INFINITY);
}

test('an answer that comes late, but within the hour, still finds its message', () => {
  const plan = aPlan({
    settings: { name: 'Shop', personCaps: {} },
    campaigns: [aCampaign({ id: 'c', caps: {} })],
  });
  const { profile } = browse(plan, every(0.5, 100), () => false);
  const kept: readonly LedgerEntry[] = profile.ledger;
  expect(kept).toHaveLength(100);
});
