import { listen } from './listen.ts';
import type { StartWatching } from './watching.ts';

/**
 * Share of the page that has come into view, in percent. A page that fits the screen has no depth:
 * nobody has scrolled it.
 */
export function depthPercent(page: {
  readonly scrolledPx: number;
  readonly viewportPx: number;
  readonly heightPx: number;
}): number {
  return page.heightPx <= page.viewportPx || page.scrolledPx <= 0
    ? 0
    : Math.min(100, ((page.scrolledPx + page.viewportPx) / page.heightPx) * 100);
}

export const watchScrollDepth: StartWatching<'scroll_depth'> = ({ percent }, onFired) =>
  listen(window, ['scroll'], () => {
    const { scrollHeight } = document.documentElement;
    const depth = depthPercent({
      scrolledPx: scrollY,
      viewportPx: innerHeight,
      heightPx: scrollHeight,
    });
    // Phones never reach the last pixel while the address bar moves.
    if (depth >= Math.min(percent, 99)) {
      onFired();
    }
  });
