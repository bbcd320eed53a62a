import type { Person } from './person.ts';
import type { Work } from './work.ts';

export interface Sorted {
  /** Rest on one of the people, or on somebody that such a request has touched. */
  readonly tainted: readonly Work[];
  readonly sound: readonly Work[];
  /** All people that tainted requests touched. */
  readonly people: ReadonlySet<Person>;
}

/** Tells which requests a stale person makes void, and through them which other people. */
export function sortTainted(works: readonly Work[], stale: Iterable<Person>): Sorted {
  const people = new Set(stale);
  const tainted = new Set<Work>();
  let isGrowing = true;
  while (isGrowing) {
    isGrowing = false;
    for (const work of works) {
      if (!tainted.has(work) && touchesAny(work, people)) {
        tainted.add(work);
        isGrowing = true;
        for (const person of work.touched) {
          people.add(person);
        }
      }
    }
  }
  return {
    tainted: works.filter((work) => tainted.has(work)),
    sound: works.filter((work) => !tainted.has(work)),
    people,
  };
}

function touchesAny(work: Work, people: ReadonlySet<Person>): boolean {
  for (const person of work.touched) {
    if (people.has(person)) {
      return true;
    }
  }
  return false;
}
