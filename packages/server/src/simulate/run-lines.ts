import { PeopleSimulation } from '@tenth/engine/simulate/simulate-people.ts';
import type { Tally } from '@tenth/engine/simulate/tally.ts';
import { compileWorlds } from '@tenth/engine/simulate/worlds.ts';
import { MemberSet } from '../lists/member-set.ts';
import { readEventLines } from './event-lines.ts';
import type { WorkerStart } from './worker-messages.ts';

/** Runs pages of sorted events through a simulation; a person may go on over several pages. */
export class LinesRun {
  readonly #simulation: PeopleSimulation;
  #person: string | undefined;
  #people = 0;

  /** @throws {DefinitionError} What is tried out does not compile. */
  constructor({ definitions, latest, lists, asked, from, to }: WorkerStart) {
    const members = new Map(lists.map(([id, hashes]) => [id, new MemberSet(hashes)]));
    this.#simulation = new PeopleSimulation({
      worlds: compileWorlds({ definitions, latest, members }, asked),
      from,
      to,
      timeZone: latest.settings.timeZone,
      asked,
    });
  }

  get events(): number {
    return this.#simulation.tally.events;
  }

  /** People who are finished. */
  get people(): number {
    return this.#people;
  }

  takePage(text: string): void {
    for (const { person, recorded } of readEventLines(text)) {
      if (this.#person !== person) {
        this.#finishPerson();
        this.#person = person;
      }
      this.#simulation.take(recorded);
    }
  }

  finish(): Tally {
    this.#finishPerson();
    return this.#simulation.tally;
  }

  #finishPerson(): void {
    if (this.#person !== undefined) {
      this.#simulation.finishPerson();
      this.#people += 1;
      this.#person = undefined;
    }
  }
}
