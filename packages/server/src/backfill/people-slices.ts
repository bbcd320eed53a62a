/** People handed to the pipeline at once: a commit of them takes so little that visitors do not wait for it. */
const SLICE_PEOPLE = 500;

export function* slicesOf<Person>(people: readonly Person[]): Generator<readonly Person[]> {
  for (let first = 0; first < people.length; first += SLICE_PEOPLE) {
    yield people.slice(first, first + SLICE_PEOPLE);
  }
}
