import { unreachable } from '@tenth/model/brand.ts';
import type { Condition } from '@tenth/model/condition.ts';
import { commerce } from '@tenth/model/event.ts';
import { affinityEvents } from '../reduce/affinity.ts';
import { cartEvents } from '../reduce/cart.ts';
import { keyOfMatch } from './event-match.ts';

/** What can change whether a condition holds, time apart. */
export interface Dependencies {
  /** Keys of the events that matter; see `eventKey`. */
  readonly keys: ReadonlySet<string>;
  /** A new visit changes it, whatever event opens it. */
  readonly onSession: boolean;
  /** Becoming known changes it. */
  readonly onIdentity: boolean;
}

export function dependenciesOf(
  condition: Condition,
  segmentCondition: (id: string) => Condition | undefined,
): Dependencies {
  const keys = new Set<string>();
  let onSession = false;
  let onIdentity = false;
  const visit = (part: Condition): void => {
    switch (part.kind) {
      case 'all':
      case 'any':
        part.of.forEach(visit);
        return;
      case 'not':
        visit(part.of);
        return;
      case 'segment': {
        const inner = segmentCondition(part.segmentId);
        if (inner !== undefined) {
          visit(inner);
        }
        return;
      }
      case 'trait':
        keys.add('identify');
        return;
      case 'event_count':
        keys.add(keyOfMatch(part.event));
        if (part.window.kind === 'session') {
          onSession = true;
        }
        return;
      case 'cart_total':
      case 'cart_quantity':
      case 'cart_product':
        for (const name of cartEvents) {
          keys.add(`track:${name}`);
        }
        return;
      case 'affinity':
        for (const name of affinityEvents) {
          keys.add(`track:${name}`);
        }
        return;
      case 'orders':
        keys.add(`track:${commerce.orderCompleted}`);
        return;
      case 'session_pages':
        keys.add('page');
        keys.add('screen');
        onSession = true;
        return;
      case 'session':
        // The landing page is known with the first page, which may come after the visit's first event.
        keys.add('page');
        keys.add('screen');
        onSession = true;
        return;
      case 'sessions':
      case 'visitor':
      case 'channel_in':
      case 'device_in':
        onSession = true;
        return;
      case 'member':
        onIdentity = true;
        return;
      case 'event':
        return;
      default:
        unreachable(part);
    }
  };
  visit(condition);
  return { keys, onSession, onIdentity };
}
