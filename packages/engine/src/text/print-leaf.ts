import { unreachable } from '@tenth/model/brand.ts';
import type { LeafCondition } from '@tenth/model/condition.ts';
import { printEventMatch, printFilters } from './print-event.ts';
import { printMeasure } from './print-measure.ts';
import { printTest } from './print-test.ts';
import { printWindow } from './print-window.ts';
import { quoteText, spellCount, spellNumber, spellPath, spellWord } from './spelling.ts';

export function printLeaf(leaf: LeafCondition): string {
  switch (leaf.kind) {
    case 'event':
      return `event ${printFilters(leaf.filters)}`;
    case 'trait':
      return `trait ${quoteText(leaf.name)} ${printTest(leaf.test)}`;
    case 'event_value':
      return printEventValue(leaf);
    case 'sequence':
      return printSequence(leaf);
    case 'cart_product':
      return `cart product ${leaf.field} ${printTest(leaf.test)}`;
    case 'session':
      return `session ${leaf.field} ${printTest(leaf.test)}`;
    case 'visitor':
      return `${leaf.is} visitor`;
    case 'member':
      return leaf.is ? 'member' : 'not member';
    case 'variable':
      return `variable ${spellWord(leaf.variableId)} ${printChoice(leaf.levels)}`;
    case 'segment':
      return `${leaf.is ? 'in' : 'not in'} segment ${spellWord(leaf.segmentId)}`;
    case 'list':
      return `${leaf.is ? 'in' : 'not in'} list ${spellWord(leaf.listId)}`;
    case 'random_share': {
      const share = `from ${spellNumber(leaf.from)} to below ${spellNumber(leaf.to)}`;
      return `random share ${quoteText(leaf.seed)} ${share}`;
    }
    case 'channel_in':
      return `channel ${printChoice(leaf.channels)}`;
    case 'device_in':
      return `device ${printChoice(leaf.devices)}`;
    case 'event_count':
    case 'event_number':
    case 'recency':
    case 'active_days':
    case 'funnel':
    case 'cart_total':
    case 'cart_quantity':
    case 'session_pages':
    case 'sessions':
    case 'affinity':
    case 'orders':
    case 'inferred':
    case 'local_hour':
    case 'local_weekday':
      return `${printMeasure(leaf)} ${printTest(leaf.test)}`;
    default:
      return unreachable(leaf);
  }
}

function printEventValue(leaf: Extract<LeafCondition, { kind: 'event_value' }>): string {
  const which = leaf.measure === 'most_frequent' ? 'most frequent' : leaf.measure;
  const over = `over ${printEventMatch(leaf.event)} ${printWindow(leaf.window)}`;
  return `${which} ${spellPath(leaf.property)} ${over} ${printTest(leaf.test)}`;
}

function printSequence(leaf: Extract<LeafCondition, { kind: 'sequence' }>): string {
  const events = `${printEventMatch(leaf.first)} then ${printEventMatch(leaf.then)}`;
  const within = `within ${spellCount(leaf.withinMinutes, 'minute')}`;
  const without = leaf.without === undefined ? '' : ` without ${printEventMatch(leaf.without)}`;
  return `${events} ${within}${without}`;
}

function printChoice(words: readonly string[]): string {
  const spelt = words.map(spellWord).join(', ');
  return words.length === 1 ? `is ${spelt}` : `is any of ${spelt}`;
}
