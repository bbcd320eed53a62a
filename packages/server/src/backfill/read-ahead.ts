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
