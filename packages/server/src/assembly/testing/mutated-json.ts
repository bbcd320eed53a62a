import fc from 'fast-check';
import { hostileKeys, hostileValue } from './hostile-values.ts';

/** One thing that is done to a body. */
export interface Change {
  readonly kind: 'replace' | 'remove' | 'add' | 'rename';
  /** Which of all places in the value, as a share of them. */
  readonly at: number;
  readonly key: string;
  readonly value: unknown;
}

export const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace' as const, 'replace' as const, 'remove', 'add', 'rename'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  key: fc.oneof(fc.constantFrom(...hostileKeys), fc.string({ unit: 'binary', maxLength: 12 })),
  value: hostileValue,
});

/** A body with a few places changed. */
export function mutatedJson(seed: unknown, changes: readonly Change[]): string {
  const root: { body: unknown } = { body: structuredClone(seed) };
  for (const { kind, at, key, value } of changes) {
    const places = placesIn(root);
    const place = places[Math.floor(at * places.length)];
    if (place !== undefined) {
      apply(place, { kind, key, value });
    }
  }
  return JSON.stringify(root.body) ?? '';
}

type Place = readonly [holder: Record<string, unknown>, key: string];

function placesIn(value: unknown, found: Place[] = [], levels = 12): readonly Place[] {
  if (typeof value === 'object' && value !== null && levels > 0 && found.length < 500) {
    // Lists are held by their indices, as objects are by their keys.
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder).slice(0, 100)) {
      found.push([holder, key]);
      placesIn(holder[key], found, levels - 1);
    }
  }
  return found;
}

function apply([holder, key]: Place, change: Omit<Change, 'at'>): void {
  const put = (name: string, value: unknown) =>
    // Assigned, `__proto__` would not become a key of its own.
    Object.defineProperty(holder, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  switch (change.kind) {
    case 'replace':
      put(key, change.value);
      break;
    case 'remove':
      delete holder[key];
      break;
    case 'add':
      put(Array.isArray(holder) ? String(holder.length) : change.key, change.value);
      break;
    case 'rename':
      if (!Array.isArray(holder)) {
        put(change.key, holder[key]);
      }
      break;
  }
}
