import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { Person } from './person.ts';

/**
 * The people in memory, the least recently used leaving first. Identifiers live and leave with the
 * person they point to: whoever changes where one points also writes that person's profile, so a
 * stale pointer always meets a lost version race.
 */
export class PersonCache {
  readonly #mostPeople: number;
  /** In order of use. */
  readonly #people = new Map<string, Person>();
  readonly #byIdentifier = new Map<string, Person>();

  constructor(mostPeople: number) {
    this.#mostPeople = mostPeople;
  }

  get size(): number {
    return this.#people.size;
  }

  hasIdentifier(key: string): boolean {
    return this.#byIdentifier.has(key);
  }

  findByIdentifier(key: string): Person | undefined {
    const person = this.#byIdentifier.get(key);
    if (person !== undefined) {
      this.#markUsed(person);
    }
    return person;
  }

  find(workspaceId: WorkspaceId, id: ProfileId): Person | undefined {
    return this.#people.get(personKey(workspaceId, id));
  }

  add(person: Person): void {
    this.#people.set(keyOf(person), person);
  }

  /** Points an identifier to a person of the cache, away from whom it pointed to. */
  point(key: string, person: Person): void {
    this.#byIdentifier.get(key)?.keys.delete(key);
    this.#byIdentifier.set(key, person);
    person.keys.add(key);
  }

  /** Points all identifiers of one person to another. */
  repoint(from: Person, to: Person): void {
    for (const key of [...from.keys]) {
      this.point(key, to);
    }
  }

  remove(person: Person): void {
    for (const key of person.keys) {
      this.#byIdentifier.delete(key);
    }
    person.keys.clear();
    if (this.#people.get(keyOf(person)) === person) {
      this.#people.delete(keyOf(person));
    }
  }

  /** Lets go of everybody whom no open request rests on. */
  removeIdle(): void {
    for (const person of this.#people.values()) {
      if (person.pins === 0) {
        this.remove(person);
      }
    }
  }

  /** Lets go of the least recently used over the limit. Not while a request looks people up. */
  trim(): void {
    let surplus = this.#people.size - this.#mostPeople;
    if (surplus <= 0) {
      return;
    }
    for (const person of this.#people.values()) {
      if (person.pins === 0) {
        this.remove(person);
        surplus -= 1;
        if (surplus === 0) {
          return;
        }
      }
    }
  }

  #markUsed(person: Person): void {
    const key = keyOf(person);
    this.#people.delete(key);
    this.#people.set(key, person);
  }
}

function keyOf(person: Person): string {
  return personKey(person.workspaceId, person.id);
}

function personKey(workspaceId: WorkspaceId, id: ProfileId): string {
  return `${workspaceId}\n${id}`;
}
