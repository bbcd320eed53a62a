import type { SegmentId } from '@tenth/model/ids.ts';
import type { Membership, Transition } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';

const none: readonly Transition[] = [];

/** A person's segments, and the changes that are made to them; the list is copied with the first. */
export class ChangedMemberships {
  readonly #at: EpochMs;
  #memberships: readonly Membership[];
  #changed: Membership[] | undefined;
  #transitions: Transition[] | undefined;

  /** @param at When what is changed here happens. */
  constructor(memberships: readonly Membership[], at: EpochMs) {
    this.#memberships = memberships;
    this.#at = at;
  }

  /** Puts the person into a segment or out of it, unless they are so already. */
  set(segmentId: SegmentId, isIn: boolean): void {
    const memberships = this.#memberships;
    const place = placeOf(memberships, segmentId);
    if ((memberships[place]?.segmentId === segmentId) === isIn) {
      return;
    }
    this.#changed ??= memberships.slice();
    this.#memberships = this.#changed;
    if (isIn) {
      this.#changed.splice(place, 0, { segmentId, enteredAt: this.#at });
    } else {
      this.#changed.splice(place, 1);
    }
    this.#transitions ??= [];
    this.#transitions.push({ kind: isIn ? 'entered' : 'exited', segmentId, at: this.#at });
  }

  /** The same list where nothing changed. */
  get memberships(): readonly Membership[] {
    return this.#memberships;
  }

  get transitions(): readonly Transition[] {
    return this.#transitions ?? none;
  }
}

/** Where a segment stands among memberships, or would. */
function placeOf(memberships: readonly Membership[], id: SegmentId): number {
  let from = 0;
  let to = memberships.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const found = memberships[middle]?.segmentId;
    if (found !== undefined && found < id) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}
