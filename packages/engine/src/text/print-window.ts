import { unreachable } from '@tenth/model/brand.ts';
import type { Window } from '@tenth/model/window.ts';
import { printEventMatch } from './print-event.ts';
import { spellCount } from './spelling.ts';

export function printWindow(window: Window): string {
  switch (window.kind) {
    case 'session':
      return 'in this session';
    case 'ever':
      return 'ever';
    case 'last_minutes':
      return `in last ${spellCount(window.minutes, 'minute')}`;
    case 'last_hours':
      return `in last ${spellCount(window.hours, 'hour')}`;
    case 'last_days':
      return `in last ${spellCount(window.days, 'day')}`;
    case 'between':
      return `from ${window.from} until ${window.to}`;
    case 'since_event':
      return `since last ${printEventMatch(window.event)}`;
    default:
      return unreachable(window);
  }
}
