import { applyEvent } from '@tenth/engine/apply.ts';
import { compilePlan } from '@tenth/engine/plan/plan.ts';
import { presets } from '@tenth/engine/presets/presets.ts';
import { encodeProfile, newProfile } from '@tenth/engine/profile.ts';
import { rememberMessage } from '@tenth/engine/recent-messages.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId, ProfileId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { clickstreamMissing, readClickstream } from './testing/clickstream.ts';

/** Every commit writes a profile as a whole, so its size is what the hot path costs. */
const MOST_BYTES = 16 * 1_024;
const PEOPLE_OF_MANY_VISITS = 300;

describe.skipIf(clickstreamMissing !== undefined)(
  `profiles of a real clickstream, with every preset published${clickstreamMissing === undefined ? '' : `: ${clickstreamMissing}`}`,
  () => {
    const plan = compilePlan(
      planDefinition.parse({
        version: 1,
        settings: { name: 'Shop', currency: 'USD' },
        segments: presets.map((preset) => preset.segment()),
        campaigns: [],
      }),
    );
    let visits: readonly (readonly SiteEvent[])[] = [];

    beforeAll(async () => {
      const byDevice = new Map<string | undefined, SiteEvent[]>();
      for (const event of await readClickstream()) {
        const events = byDevice.get(event.anonymousId) ?? [];
        byDevice.set(event.anonymousId, events);
        events.push(event);
      }
      visits = [...byDevice.values()];
    });

    /** Bytes of the profile of somebody who came on as many days, each time as somebody of the stream did. */
    function sizeOf(person: number, days: number): number {
      let profile = newProfile('0'.repeat(26) as ProfileId, 0);
      for (let day = 0; day < days; day += 1) {
        // Steps of a prime, so that each day is another's.
        for (const event of visits[(person + day * 97) % visits.length] ?? []) {
          const messageId = `${day}-${event.messageId}` as MessageId;
          const at = event.at + day * DAY_MS;
          const receivedAt = event.receivedAt + day * DAY_MS;
          const theirs = { ...event, anonymousId: 'device-of-theirs', messageId, at, receivedAt };
          const after = applyEvent(profile, theirs, plan, undefined).profile;
          profile = rememberMessage(after, messageId, receivedAt);
        }
      }
      return Buffer.byteLength(encodeProfile(profile));
    }

    function percentile99(sizes: readonly number[]): number {
      const sorted = sizes.toSorted((left, right) => left - right);
      return sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY;
    }

    test('have at most 16 KB at the 99th percentile as they are', () => {
      const size = percentile99(visits.map((_, person) => sizeOf(person, 1)));
      expect(size).toBeGreaterThan(500);
      expect(size).toBeLessThan(MOST_BYTES);
    });

    test('have at most 8 KB after a visit on each of 60 days', () => {
      const sizes = Array.from({ length: PEOPLE_OF_MANY_VISITS }, (_, person) =>
        sizeOf(person, 60),
      );
      expect(percentile99(sizes)).toBeLessThan(MOST_BYTES / 2);
    });
  },
);
