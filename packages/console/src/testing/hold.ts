/** Keeps what comes after it waiting until the test lets it go. */
export function aHold() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, after: <T>(next: () => T | Promise<T>): Promise<T> => ended.then(next) };
}
