import type { PlainLeaf } from './leaf.ts';

/**
 * Roughly what a leaf costs, in readings of one field: by it the parts of a group are put in the order in
 * which they are asked, and nothing else depends on it.
 */
export function costOfLeaf(condition: PlainLeaf, leaves: number): number {
  switch (condition.kind) {
    case 'sequence':
    case 'funnel':
    case 'event_value':
      return LISTS;
    case 'event_number':
    case 'event_count':
      return condition.window.kind === 'since_event' ? LISTS : BUCKETS;
    case 'active_days':
    case 'cart_product':
      return BUCKETS;
    case 'variable':
    case 'inferred':
      return BUCKETS * leaves;
    default:
      return 'test' in condition && condition.test.op === 'matches' ? LISTS : 1;
  }
}

/** A walk over the buckets of a window, of which there are few. */
const BUCKETS = 2;
/** Up to 50 times or values of each of several events, or an expression. */
const LISTS = 20;
