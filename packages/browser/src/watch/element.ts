import { listen } from './listen.ts';
import type { StartWatching } from './watching.ts';

/** An element that matches comes into view, now or when the page has added it. */
export const watchElementSeen: StartWatching<'element_seen'> = ({ selector }, onFired) => {
  const looking = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      onFired();
    }
  });
  const known = new WeakSet<Element>();
  const find = () => {
    for (const found of document.querySelectorAll(selector)) {
      if (!known.has(found)) {
        known.add(found);
        looking.observe(found);
      }
    }
  };
  // Changes come in hundreds while a page builds itself: one search a frame is enough.
  let frame = 0;
  const changes = new MutationObserver(() => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      find();
    });
  });
  find();
  changes.observe(document.documentElement, { childList: true, subtree: true });
  return () => {
    changes.disconnect();
    looking.disconnect();
    cancelAnimationFrame(frame);
  };
};

export const watchElementClicked: StartWatching<'element_clicked'> = ({ selector }, onFired) => {
  document.querySelector(selector); // Throws at once for what is not CSS.
  return listen(document, ['click'], (event) => {
    const target = event.composedPath()[0];
    if (target instanceof Element && target.closest(selector)) {
      onFired();
    }
  });
};
