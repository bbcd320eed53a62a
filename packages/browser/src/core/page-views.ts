import { guarded } from './guarded.ts';

/** The shop's own words for this page: `<meta name="tenth:page-category">` or an attribute on html or body. */
export function readPageLabels(): { category: string | undefined; name: string | undefined } {
  const read = (label: 'category' | 'name') =>
    document.querySelector<HTMLMetaElement>(`meta[name="tenth:page-${label}"]`)?.content ||
    document.body?.getAttribute(`data-tenth-${label}`) ||
    document.documentElement.getAttribute(`data-tenth-${label}`) ||
    undefined;
  return { category: read('category'), name: read('name') };
}

/** Not in TypeScript's DOM library yet. */
const page: Document & { readonly prerendering?: boolean } = document;

/** A page that the browser loads ahead of a click that may never come is nobody's visit until then. */
export function whenVisited(run: () => void): void {
  if (page.prerendering) {
    page.addEventListener('prerenderingchange', run, { once: true });
  } else {
    run();
  }
}

/** Runs as soon as the head has been read, so that its title and labels are there. */
export function whenBodyExists(run: () => void): void {
  if (document.body) {
    run();
    return;
  }
  const observer = new MutationObserver(() => {
    if (document.body) {
      observer.disconnect();
      run();
    }
  });
  observer.observe(document.documentElement, { childList: true });
}

/**
 * Calls back at each navigation inside a single-page shop that changed path or search.
 *
 * @param onNavigated Gets the address that was left.
 */
export function watchNavigation(onNavigated: (previousUrl: string) => void): void {
  const address = () => location.pathname + location.search;
  let url = location.href;
  let seen = address();
  const check = guarded(() => {
    if (address() !== seen) {
      const previousUrl = url;
      seen = address();
      url = location.href;
      onNavigated(previousUrl);
    }
  });
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = function (this: History, ...args) {
      original.apply(this, args);
      check();
    };
  }
  addEventListener('popstate', check);
}
