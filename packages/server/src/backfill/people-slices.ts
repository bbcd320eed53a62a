/** People handed to the pipeline at once: a commit of them takes so little that visitors do not wait for it. */
const SLICE_PEOPLE = 500;
/** While one is being written, the next is worked out. */
const AT_ONCE = 2;

/** Works through people slice by slice; after a failure no other slice is begun. */
export async function forEachSlice<Person>(
  people: readonly Person[],
  work: (slice: readonly Person[]) => Promise<void>,
): Promise<void> {
  const slices = slicesOf(people);
  const workOff = async () => {
    // Each takes the next that nobody has taken.
    for (const slice of slices) {
      await work(slice);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOff));
}

function* slicesOf<Person>(people: readonly Person[]): Generator<readonly Person[]> {
  for (let first = 0; first < people.length; first += SLICE_PEOPLE) {
    yield people.slice(first, first + SLICE_PEOPLE);
  }
}
