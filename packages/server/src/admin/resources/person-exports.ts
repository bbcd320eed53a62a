import type { PersonExportLine } from '@tenth/model/person-export.ts';
import type { Caller } from '../call.ts';
import type { PeopleStore, PersonExports } from '../ports.ts';
import { requirePerson } from './person-ref.ts';

/** All that is held of one person, as lines. */
export class PersonExporter {
  readonly #people: Pick<PeopleStore, 'find'>;
  readonly #exports: PersonExports;

  constructor(people: Pick<PeopleStore, 'find'>, exports: PersonExports) {
    this.#people = people;
    this.#exports = exports;
  }

  /**
   * @param signal Aborted when nobody waits for it any more.
   * @throws {Problem} not-found
   */
  async run(
    caller: Caller,
    person: string,
    signal: AbortSignal,
  ): Promise<AsyncIterable<PersonExportLine>> {
    const { profile } = await requirePerson(this.#people, caller, person);
    return this.#exports.run(caller.workspaceId, profile.id, signal);
  }
}
