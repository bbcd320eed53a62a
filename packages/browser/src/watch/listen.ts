/** Listens to several events of one target without ever holding up the page; returns the stop. */
export function listen(
  target: EventTarget,
  types: readonly string[],
  onEvent: (event: Event) => void,
): () => void {
  // Capturing, so that a shop's stopPropagation does not hide anything.
  const options = { capture: true, passive: true };
  for (const type of types) {
    target.addEventListener(type, onEvent, options);
  }
  return () => {
    for (const type of types) {
      target.removeEventListener(type, onEvent, options);
    }
  };
}
