import { eventKey } from '@tenth/model/event.ts';
import type { CompiledCampaign } from '../decide/compile-campaign.ts';
import { ANY_TRACK, describeMatch } from '../evaluate/event-match.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { allOf, type ConditionNode, type LeafNode } from './condition-tree.ts';
import { explainFilters } from './explain-condition.ts';
import type { ExplainScope } from './explain-scope.ts';
import { figureLeaf } from './figure-leaf.ts';

/** Key of the fact that this event happened and no other. */
export const EVENT_FACT = 'event in hand';

/** Whether the event is one at which the campaign is considered at all. */
export function isPutUp({ keys }: CompiledCampaign, { event }: EventMoment): boolean {
  return keys.includes(eventKey(event)) || (event.type === 'track' && keys.includes(ANY_TRACK));
}

/** A campaign's trigger with its filters, and what they saw. */
export function explainTrigger(
  campaign: CompiledCampaign,
  moment: EventMoment,
  scope: ExplainScope,
): ConditionNode {
  const { triggerFilters } = campaign.definition;
  const own = ownTrigger(campaign, moment, scope);
  return triggerFilters === undefined
    ? own
    : allOf('trigger', [own, explainFilters(triggerFilters, 'triggerFilters', moment)]);
}

function ownTrigger(
  campaign: CompiledCampaign,
  moment: EventMoment,
  scope: ExplainScope,
): ConditionNode {
  const { trigger } = campaign.definition;
  const { event } = moment;
  const isUp = isPutUp(campaign, moment);
  switch (trigger.kind) {
    case 'event': {
      const { type, name, where } = trigger.event;
      const isNamed = event.type === type && (name === undefined || event.name === name);
      return isNamed && where !== undefined
        ? allOf('trigger', [
            eventLeaf(moment, true, describeMatch({ type, name: name ?? '' })),
            explainFilters(where, 'trigger.event.where', moment),
          ])
        : eventLeaf(moment, isNamed, describeMatch(trigger.event));
    }
    case 'page_count':
      return allOf('trigger', [
        eventLeaf(moment, isUp, 'a page'),
        figureLeaf({
          measure: { kind: 'session_pages' },
          test: { op: 'is', value: trigger.pages },
          kind: 'session_pages',
          path: 'trigger.pages',
          scope,
        }),
      ]);
    case 'cart_band': {
      const { currency, from, to } = trigger;
      return allOf('trigger', [
        eventLeaf(moment, isUp, 'a change of the cart'),
        figureLeaf({
          measure: { kind: 'cart_total', currency },
          test: { op: 'between', from, to },
          kind: 'cart_total',
          path: 'trigger',
          scope,
        }),
      ]);
    }
    default: {
      const { condition } = campaign.trigger.explain(moment);
      return eventLeaf(moment, isUp && campaign.trigger.fires(moment), condition);
    }
  }
}

function eventLeaf({ event }: EventMoment, holds: boolean, text: string): LeafNode {
  const saw = event.name || event.page?.category || event.type;
  return {
    kind: 'leaf',
    leaf: 'trigger',
    path: 'trigger',
    holds,
    text,
    fact: { key: EVENT_FACT, name: 'event', saw, isFixed: false },
    passes: (value) => value === text,
    proposals: [{ value: text, says: text }],
  };
}
