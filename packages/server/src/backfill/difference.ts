import type { CompiledCondition } from '@tenth/engine/evaluate/compile-condition.ts';
import { personMoment } from '@tenth/engine/evaluate/moment.ts';
import { compileConditionAlone } from '@tenth/engine/plan/plan.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { PublishedPlan } from '../admin/plan-registry.ts';
import type { Backfill, BackfillChange } from './ports.ts';

const MOST_SAMPLED = 20;

/** Who would come in and go out by a new definition: what was found so far, and what a page adds to it. */
export class Difference {
  readonly #segmentId: Backfill['segmentId'];
  readonly #condition: CompiledCondition;
  readonly #now: EpochMs;
  readonly #entering: Side;
  readonly #leaving: Side;

  constructor(
    { definition, segmentId, entering, leaving, sample }: Backfill,
    published: PublishedPlan,
    now: EpochMs,
  ) {
    const members = new Map([...published.lists].map(([id, list]) => [id, list.members]));
    this.#condition = compileConditionAlone(
      definition.condition,
      published.definition,
      'condition',
      members,
    ).condition;
    this.#segmentId = segmentId;
    this.#now = now;
    this.#entering = new Side(entering, sample.entering);
    this.#leaving = new Side(leaving, sample.leaving);
  }

  add(people: readonly Profile[]): void {
    for (const profile of people) {
      const isIn = profile.segments.some(({ segmentId }) => segmentId === this.#segmentId);
      if (this.#condition.holds(personMoment(profile, this.#now)) !== isIn) {
        (isIn ? this.#leaving : this.#entering).add(profile.id);
      }
    }
  }

  found(): Required<Pick<BackfillChange, 'entering' | 'leaving' | 'sample'>> {
    return {
      entering: this.#entering.count,
      leaving: this.#leaving.count,
      sample: { entering: this.#entering.sample, leaving: this.#leaving.sample },
    };
  }
}

class Side {
  count: number;
  readonly sample: ProfileId[];

  constructor(count: number, sample: readonly ProfileId[]) {
    this.count = count;
    this.sample = [...sample];
  }

  add(id: ProfileId): void {
    this.count += 1;
    if (this.sample.length < MOST_SAMPLED) {
      this.sample.push(id);
    }
  }
}
