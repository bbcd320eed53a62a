import type { Watch } from '@tenth/model/collect-api.ts';

const KINDS: Readonly<Record<Watch['kind'], 'seconds' | 'percent' | 'selector' | undefined>> = {
  time_on_page: 'seconds',
  scroll_depth: 'percent',
  exit_intent: undefined,
  silence: 'seconds',
  element_seen: 'selector',
  element_clicked: 'selector',
};

/** Lets through what can be watched; a kind of a newer server is passed over. */
export function isWatch(value: unknown): value is Watch {
  const watch = value as Record<string, unknown> | null | undefined;
  const kind = watch?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) {
    return false;
  }
  const field = KINDS[kind as Watch['kind']];
  const given = field && watch?.[field];
  return field === undefined || typeof given === (field === 'selector' ? 'string' : 'number');
}
