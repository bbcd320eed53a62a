import { isSegmentEvent } from '@tenth/model/event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { type Applied, applyEvent } from '../apply.ts';
import { sweepProfile } from '../evaluate/evaluate.ts';
import type { Plan } from '../plan/plan.ts';
import { type CountedAnew, countedAnew, type Past } from './counted-anew.ts';
import { identified } from './identified.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** The plan of a version; every version ever published is kept. */
export type PlanOfVersion = (version: number) => Plan;

export interface Replayed {
  /** The profile that the event found. */
  readonly before: Profile;
  readonly applied: Applied;
}

/**
 * Runs a person's events through the engine again, each with the plan and at the moment of then. The
 * same events give the same profiles and decisions, byte for byte. A person is one profile, or several
 * of which one absorbs the others.
 */
export class Replay {
  readonly #planOf: PlanOfVersion;
  readonly #countedAnew: readonly CountedAnew[];
  readonly #profiles = new Map<ProfileId, Profile>();
  readonly #pasts = new Map<ProfileId, Past>();
  #isWhole = true;

  /** @param countedAnew What was made up out of the log meanwhile; its plans are asked for, too. */
  constructor(planOf: PlanOfVersion, countedAnew: readonly CountedAnew[] = []) {
    this.#planOf = planOf;
    this.#countedAnew = countedAnew;
  }

  /** False once an event met a profile that the log does not have the beginning of. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  profileOf(id: ProfileId): Profile | undefined {
    return this.#profiles.get(id);
  }

  /** Takes the next event. */
  take(recorded: RecordedEvent): Replayed {
    const { profileId, event, decideAt, planVersion, absorbed } = recorded;
    const before = this.find(recorded);
    const applied = applyEvent(before, event, this.#planOf(planVersion), decideAt);
    if (absorbed !== undefined) {
      this.#profiles.delete(absorbed);
    }
    this.#profiles.set(profileId, applied.profile);
    this.#remember(recorded, applied);
    return { before, applied };
  }

  /** The profile that the event finds, without running it. */
  find(recorded: RecordedEvent): Profile {
    const { profileId, absorbed, isFirst, planVersion } = recorded;
    const known = this.#findAsOf(profileId, planVersion);
    const other = absorbed === undefined ? undefined : this.#findAsOf(absorbed, planVersion);
    if ((known === undefined && !isFirst) || (absorbed !== undefined && other === undefined)) {
      this.#isWhole = false;
    }
    const found = identified(known, other, recorded);
    // Time alone, or a new plan, changed the segments before; nothing more to do where an event did.
    return isSegmentEvent(recorded.event)
      ? sweepProfile(found, this.#planOf(recorded.planVersion), recorded.event.at).profile
      : found;
  }

  #findAsOf(id: ProfileId, planVersion: number): Profile | undefined {
    const profile = this.#profiles.get(id);
    const past = this.#pasts.get(id);
    return profile === undefined || past === undefined
      ? profile
      : countedAnew(profile, past, planVersion, this.#countedAnew, this.#planOf);
  }

  #remember(
    { profileId, absorbed, event, planVersion }: RecordedEvent,
    { session }: Applied,
  ): void {
    if (this.#countedAnew.length === 0) {
      return;
    }
    const past = this.#pasts.get(profileId) ?? { events: [], planVersion };
    this.#pasts.set(profileId, past);
    const other = absorbed === undefined ? undefined : this.#pasts.get(absorbed);
    for (const one of other?.events ?? []) {
      past.events.push(one);
    }
    past.events.push({ event, sessionId: session?.id ?? '' });
    past.planVersion = planVersion;
  }
}
