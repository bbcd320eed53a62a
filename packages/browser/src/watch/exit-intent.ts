import { listen } from './listen.ts';
import type { StartWatching } from './watching.ts';

/** Before that a pointer at the top is on its way in, not out. */
const MIN_STAY_MS = 3_000;

/** A flick back to the top of the page, where the address bar and the back button are. */
const FLICK_PX = 400;
const FLICK_MS = 350;

/** A shorter look at another app is a reply to a message, not a comparison of prices. */
const MIN_AWAY_MS = 5_000;

/** Desktop: the pointer leaves the window at its top edge, towards tabs and address. */
function watchPointer(onFired: () => void): () => void {
  return listen(document, ['mouseout'], (event) => {
    const { relatedTarget, clientY } = event as MouseEvent;
    if (relatedTarget === null && clientY <= 0) {
      onFired();
    }
  });
}

/** Touch: a fast flick upwards after having read down. */
function watchFlick(onFired: () => void): () => void {
  let from = { y: scrollY, at: 0 };
  let lastY = scrollY;
  return listen(window, ['scroll'], (event) => {
    if (scrollY >= lastY || event.timeStamp - from.at > FLICK_MS) {
      from = { y: lastY, at: event.timeStamp };
    }
    lastY = scrollY;
    if (from.y - scrollY >= FLICK_PX) {
      onFired();
    }
  });
}

/** Touch: the visitor comes back from another app or tab, and may leave again. */
function watchReturn(onFired: () => void): () => void {
  let leftAt: number | undefined;
  return listen(document, ['visibilitychange'], () => {
    if (document.hidden) {
      leftAt = Date.now();
    } else if (leftAt !== undefined && Date.now() - leftAt >= MIN_AWAY_MS) {
      onFired();
    }
  });
}

/**
 * Signs that the visitor is about to go. The back button is left alone: a history entry of ours
 * would catch it, but would also break it.
 */
export const watchExitIntent: StartWatching<'exit_intent'> = (_watch, onFired) => {
  const since = Date.now();
  const onSign = () => {
    if (Date.now() - since >= MIN_STAY_MS) {
      onFired();
    }
  };
  const isTouch = matchMedia('(pointer: coarse)').matches;
  const stops = isTouch ? [watchFlick(onSign), watchReturn(onSign)] : [watchPointer(onSign)];
  return () => {
    for (const stop of stops) {
      stop();
    }
  };
};
