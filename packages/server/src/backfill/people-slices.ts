/** People handed to the pipeline at once: a commit of them takes so little that visitors do not wait for it. */
const SLICE_PEOPLE = 500;
/** While one is being written, the next is worked out, and people are read for the one after it. */
const AT_ONCE = 3;

/**
 * Works through people slice by slice, as their pages come; after a failure no other slice is begun.
 *
 * @returns Once all are done, also those that were under way when one failed.
 */
export async function forEachSlice<Person>(
  pages: AsyncIterable<readonly Person[]> | Iterable<readonly Person[]>,
  work: (slice: readonly Person[]) => Promise<unknown>,
): Promise<void> {
  const slices = slicesOf(pages);
  const workOff = async () => {
    // Each takes the next that nobody has taken.
    for await (const slice of slices) {
      await work(slice);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, workOff));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
}

async function* slicesOf<Person>(
  pages: AsyncIterable<readonly Person[]> | Iterable<readonly Person[]>,
): AsyncGenerator<readonly Person[]> {
  for await (const page of pages) {
    for (let first = 0; first < page.length; first += SLICE_PEOPLE) {
      yield page.slice(first, first + SLICE_PEOPLE);
    }
  }
}
