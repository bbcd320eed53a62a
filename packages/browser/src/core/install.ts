import { guarded } from './guarded.ts';
import type { PublicApi } from './public-api.ts';

declare global {
  interface Window {
    tenth?: unknown;
  }
}

/** The queue the page may have filled before the script came: `['track', 'Product Viewed', {...}]` each. */
export function takeQueue(): { readonly target: unknown[]; readonly calls: readonly unknown[] } {
  const target = Array.isArray(window.tenth) ? window.tenth : [];
  return { target, calls: target.splice(0) };
}

/**
 * Turns the queue itself into the API, so that a reference taken before the script came still
 * works, and `push` goes on working as a call.
 */
export function install(target: unknown[], api: PublicApi): (calls: readonly unknown[]) => void {
  const run = guarded((call: unknown) => {
    if (Array.isArray(call)) {
      const [method, ...args] = call;
      if (Object.hasOwn(api, method)) {
        (api[method as keyof PublicApi] as (...args: unknown[]) => unknown)(...args);
      }
    }
  });
  window.tenth = Object.assign(target, api, {
    push: (...calls: unknown[]) => {
      calls.forEach(run);
      return 0;
    },
  });
  return (calls) => calls.forEach(run);
}
