/** Kinds of addresses, each with its own idea of what is slow. */
export const routeClasses = [
  'collection',
  'decide',
  'administration',
  'stream',
  'console',
  'script',
  'health',
  'none',
] as const;
export type RouteClass = (typeof routeClasses)[number];

/** The first that fits. `/*` is where the browser script and its parts are. */
const prefixes: readonly (readonly [prefix: string, is: RouteClass])[] = [
  ['/v1/decide', 'decide'],
  ['/v1/', 'collection'],
  ['/beacon/', 'collection'],
  ['/sourceConfig', 'collection'],
  ['/api/v1/events/stream', 'stream'],
  ['/api', 'administration'],
  ['/console', 'console'],
  ['/healthz', 'health'],
  ['/readyz', 'health'],
  ['/metrics', 'health'],
  ['/', 'script'],
];

/** @param route As registered, with its parameters' names; undefined where no route fits the address. */
export function routeClassOf(route: string | undefined): RouteClass {
  if (route === '/') {
    // Leads to the console.
    return 'console';
  }
  return prefixes.find(([prefix]) => route?.startsWith(prefix))?.[1] ?? 'none';
}
