import { unreachable } from '@tenth/model/brand.ts';
import type { AggregateState } from '@tenth/model/profile.ts';
import { mergeBuckets, shapes } from './buckets.ts';
import { mergeDistinct } from './distinct.ts';
import { earlierItem, laterItem, mergeItems } from './items.ts';
import { laterTime, mergeTimes } from './times.ts';

/** What is kept of events; see {@link AggregateState}. */
export const aggregateKinds = [
  'count',
  'sum',
  'min',
  'max',
  'distinct',
  'times',
  'latest',
  'items',
  'amounts',
  'first',
  'last',
] as const;
export type AggregateKind = (typeof aggregateKinds)[number];

/**
 * An aggregate's id says how its states are merged, since a merge has no plan at hand: a hash of the
 * definition, the kind, and how many buckets before the newest are kept (0 for all).
 */
export function aggregateId(hash: string, kind: AggregateKind, bucketsBack: number): string {
  return `${hash}-${kind}-${bucketsBack}`;
}

function readId(id: string): { kind: string; bucketsBack: number } {
  const parts = id.split('-');
  return { kind: parts.at(-2) ?? '', bucketsBack: Number(parts.at(-1)) };
}

/** The state of one aggregate that has seen what both have seen. */
export function mergeStates(
  left: AggregateState,
  right: AggregateState,
  id: string,
): AggregateState {
  const { kind, bucketsBack } = readId(id);
  // An id ends in a kind by construction; see aggregateId.
  const known = kind as AggregateKind;
  switch (known) {
    case 'count':
    case 'sum':
    case 'min':
    case 'max':
      return mergeBuckets(left, right, shapes[known], bucketsBack);
    case 'distinct':
      return mergeDistinct(left, right, bucketsBack);
    case 'times':
      return mergeTimes(left, right);
    case 'latest':
      return laterTime(left, right);
    case 'items':
    case 'amounts':
      return mergeItems(left, right);
    case 'first':
      return earlierItem(left, right);
    case 'last':
      return laterItem(left, right);
    default:
      return unreachable(known);
  }
}
