import { guarded } from './guarded.ts';
import { install, takeQueue } from './install.ts';
import { watchNavigation, whenBodyExists, whenVisited } from './page-views.ts';
import { createPublicApi } from './public-api.ts';
import { readScriptOptions } from './script-options.ts';
import { createTracker } from './tracker.ts';

/** Its own tag, which only this first moment tells: a page that is loaded ahead starts later. */
const script =
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[data-write-key]');

/** `t.js`: reads its tag, takes over the queue, reports page views. Everything else comes on demand. */
function start(): void {
  const options = script ? readScriptOptions(script) : undefined;
  // A tag manager that adds the script twice must not count everything twice.
  if (!options || isInstalled()) {
    return;
  }
  const { target, calls } = takeQueue();
  const tracker = createTracker(options);
  let hasPageCall = false;
  const api = createPublicApi(tracker, () => {
    hasPageCall = true;
  });
  install(target, api)(calls);

  // The shop's own page() stands in for the automatic one.
  const autoPage = guarded(() => {
    if (!hasPageCall) {
      api.page();
    }
  });
  if (options.isAutoPage) {
    whenBodyExists(autoPage);
  }
  watchNavigation((previousUrl) => {
    hasPageCall = false;
    tracker.navigated(previousUrl);
    if (options.isAutoPage) {
      // A task later the shop has put the new title and labels in place, or called page() itself.
      setTimeout(autoPage, 0);
    }
  });

  // The visitor's answer in another tab, or while this page lay in the browser's back-forward cache.
  const heed = guarded(tracker.heed);
  addEventListener('storage', heed);
  addEventListener('pageshow', heed);

  // The last moments a page gets on a phone: unload does not come there.
  const flush = guarded(tracker.flush);
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      flush();
    }
  });
}

function isInstalled(): boolean {
  return Array.isArray(window.tenth) && Object.hasOwn(window.tenth, 'user');
}

whenVisited(guarded(start));
