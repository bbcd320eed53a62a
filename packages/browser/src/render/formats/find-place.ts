/** A place the shop's framework has not drawn by then is taken to be missing. */
const WAIT_MS = 10_000;

/**
 * Finds the element now, or as soon as it is added to the page.
 *
 * @param selector Written by a marketer: one that is not CSS finds nothing.
 * @returns Stops waiting.
 */
export function findPlace(selector: string, onFound: (place: Element) => void): () => void {
  const find = () => {
    try {
      return document.querySelector(selector);
    } catch {
      return null;
    }
  };
  const place = find();
  if (place) {
    onFound(place);
    return () => undefined;
  }
  const observer = new MutationObserver(() => {
    const added = find();
    if (added) {
      stop();
      onFound(added);
    }
  });
  const timer = setTimeout(() => observer.disconnect(), WAIT_MS);
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
  };
  observer.observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-tenth-placement', 'class', 'id'],
  });
  return stop;
}
