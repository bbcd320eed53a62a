/** Half of it on the screen, as the advertising industry counts a viewable impression. */
const SEEN_SHARE = 0.5;

function whenPageIsVisible(onVisible: () => void): () => void {
  const check = () => {
    if (document.visibilityState === 'visible') {
      stop();
      onVisible();
    }
  };
  const stop = () => document.removeEventListener('visibilitychange', check);
  document.addEventListener('visibilitychange', check);
  check();
  return stop;
}

/**
 * Calls back once, when the visitor can see it: an inline message at half its area (or half the
 * screen, for one that is taller), any other when the page is in the foreground.
 *
 * @returns Stops looking.
 */
export function whenSeen(host: Element, isInline: boolean, onSeen: () => void): () => void {
  if (!isInline) {
    return whenPageIsVisible(onSeen);
  }
  const observer = new IntersectionObserver(
    (entries) => {
      const isSeen = entries.some(
        ({ intersectionRatio, intersectionRect, rootBounds }) =>
          intersectionRatio >= SEEN_SHARE ||
          (rootBounds !== null && intersectionRect.height >= rootBounds.height * SEEN_SHARE),
      );
      if (isSeen) {
        observer.disconnect();
        onSeen();
      }
    },
    { threshold: [0.1, 0.2, 0.3, 0.4, SEEN_SHARE] },
  );
  observer.observe(host);
  return () => observer.disconnect();
}
