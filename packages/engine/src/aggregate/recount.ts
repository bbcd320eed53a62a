import type { SiteEvent } from '@tenth/model/event.ts';
import type { Aggregates, Profile } from '@tenth/model/profile.ts';
import { AggregateIndex } from '../plan/aggregate-index.ts';
import { ChangedAggregates, noAggregates } from './aggregates.ts';
import type { Aggregate } from './compile-aggregate.ts';

/** An event of a person's history, and the visit that it was filed under; empty for none. */
export interface PastEvent {
  readonly event: SiteEvent;
  readonly sessionId: string;
}

/** Some aggregates of one person, counted anew. */
export interface Recounted {
  readonly ofPerson: Aggregates;
  readonly bySession: ReadonlyMap<string, Aggregates>;
}

/** Counts some aggregates over whole histories, as if they had been counted from the start. */
export class Recounter {
  readonly #index: AggregateIndex<Aggregate>;

  constructor(aggregates: Iterable<Aggregate>) {
    this.#index = new AggregateIndex(aggregates);
  }

  /** Begins a person. */
  begin(): PersonRecount {
    return new PersonRecount(this.#index);
  }
}

/** One person's count, under way. */
export class PersonRecount {
  readonly #index: AggregateIndex<Aggregate>;
  readonly #ofPerson = new ChangedAggregates(noAggregates);
  readonly #bySession = new Map<string, ChangedAggregates>();

  constructor(index: AggregateIndex<Aggregate>) {
    this.#index = index;
  }

  /** Takes the person's next event. */
  add({ event, sessionId }: PastEvent): void {
    for (const aggregate of this.#index.matching(event)) {
      const counted = aggregate.isOfSession ? this.#sessionOf(sessionId) : this.#ofPerson;
      const before = counted.read(aggregate.id);
      const after = aggregate.add(before, event);
      if (after !== undefined && after !== before) {
        counted.write(aggregate.id, after);
      }
    }
  }

  done(): Recounted {
    const bySession = new Map(
      [...this.#bySession].map(([id, counted]) => [id, counted.done()] as const),
    );
    return { ofPerson: this.#ofPerson.done(), bySession };
  }

  #sessionOf(sessionId: string): ChangedAggregates {
    const known = this.#bySession.get(sessionId) ?? new ChangedAggregates(noAggregates);
    this.#bySession.set(sessionId, known);
    return known;
  }
}

/**
 * The profile with these aggregates put in the place of what it has of them. The history must be all that
 * the profile has seen, no less and no more; then it does not matter what was counted before.
 */
export function withRecounted(profile: Profile, { ofPerson, bySession }: Recounted): Profile {
  return {
    ...profile,
    aggregates: overwritten(profile.aggregates, ofPerson),
    devices:
      bySession.size === 0
        ? profile.devices
        : profile.devices.map((device) => {
            const counted = bySession.get(device.session.id);
            return counted === undefined
              ? device
              : {
                  ...device,
                  session: {
                    ...device.session,
                    aggregates: overwritten(device.session.aggregates, counted),
                  },
                };
          }),
  };
}

function overwritten(before: Aggregates, counted: Aggregates): Aggregates {
  const changed = new ChangedAggregates(before);
  for (const part of Object.values(counted)) {
    for (const [id, state] of Object.entries(part)) {
      changed.write(id, state);
    }
  }
  return changed.done();
}
