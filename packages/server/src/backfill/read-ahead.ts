/** The same items; while one is worked on, the next is made. None is being made any more once it has ended. */
export async function* readAhead<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = begin(source);
  try {
    for (;;) {
      const { value, done } = await next;
      if (done === true) {
        return;
      }
      next = begin(source);
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await source.return(undefined);
  }
}

/** It fails where it is waited for. */
function begin<Item>(source: AsyncGenerator<Item>): Promise<IteratorResult<Item>> {
  const next = source.next();
  next.catch(() => {});
  return next;
}

/**
 * What is made of each item, in their order. While one is worked on, others are being made; none is any more once
 * it has ended.
 *
 * @param ahead How many.
 */
export async function* makeAhead<Item, Made>(
  source: AsyncIterable<Item>,
  make: (item: Item) => Promise<Made>,
  ahead: number,
): AsyncGenerator<Made> {
  const begun: Promise<Made>[] = [];
  try {
    for await (const item of source) {
      const made = make(item);
      // It fails where it is waited for.
      made.catch(() => {});
      begun.push(made);
      const [first] = begun;
      if (begun.length > ahead && first !== undefined) {
        yield await first;
        begun.shift();
      }
    }
    for (const made of begun) {
      yield await made;
    }
  } finally {
    await Promise.allSettled(begun);
  }
}
