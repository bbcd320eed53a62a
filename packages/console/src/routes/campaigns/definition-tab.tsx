import type { Campaign } from '@tenth/model/campaign.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useSegmentNames } from '../../frame/use-known-names.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock, CopyButton, Fold } from '../../ui/code.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Stack } from '../../ui/layout.tsx';
import { outlineCondition } from '../../words/describe-condition.ts';
import {
  describeCaps,
  describeFormat,
  describeGoal,
  describeSchedule,
} from '../../words/describe-delivery.ts';
import { describeMoment } from '../../words/describe-trigger.ts';
import { ConditionOutlineView } from './condition-outline.tsx';

export function DefinitionTab({ campaign }: { readonly campaign: Campaign }) {
  const { definition: messages, action } = useMessages();
  const json = JSON.stringify(campaign, null, 2);
  return (
    <Stack>
      <Card title={messages.tab}>
        <Facts facts={useDefinitionFacts(campaign)} />
      </Card>
      <Card>
        <Fold title={messages.json}>
          <Stack gap={10}>
            <CodeBlock label={messages.json} text={json} />
            <div>
              <CopyButton text={json} copy={action.copy} copied={action.copied} />
            </div>
          </Stack>
        </Fold>
      </Card>
    </Stack>
  );
}

function useDefinitionFacts(campaign: Campaign): readonly Fact[] {
  const { definition: messages } = useMessages();
  const format = useFormat();
  const segmentNames = useSegmentNames();
  const { locale } = format;
  const condition = (given: Campaign['audience']) => (
    <ConditionOutlineView outline={outlineCondition(given, locale, segmentNames)} />
  );
  const totalWeight = campaign.variants.reduce((sum, variant) => sum + variant.weight, 0);
  const caps = describeCaps(campaign.caps, locale);
  const times = describeSchedule(campaign.schedule, format);
  return [
    { name: messages.trigger, value: describeMoment(campaign, locale) },
    { name: messages.audience, value: condition(campaign.audience) },
    { name: messages.format, value: describeFormat(campaign.format, locale) },
    {
      name: messages.variants,
      value: campaign.variants
        .map((variant) =>
          messages.variantShare(variant.id, format.share(variant.weight / totalWeight, 0)),
        )
        .join(' · '),
    },
    {
      name: messages.caps,
      value: [
        caps.length === 0 ? messages.noCaps : caps.join(', '),
        campaign.countsTowardsPersonCaps ? messages.personCaps : messages.personCapsNot,
      ].join(' · '),
    },
    {
      name: messages.holdout,
      value:
        campaign.holdoutShare === 0
          ? messages.noHoldout
          : messages.holdoutShare(format.share(campaign.holdoutShare)),
    },
    { name: messages.goal, value: describeGoal(campaign.goal, locale) },
    { name: messages.schedule, value: times.length === 0 ? messages.always : times.join(', ') },
    { name: messages.priority, value: format.count(campaign.priority) },
    ...(campaign.exclusiveGroup === undefined
      ? []
      : [{ name: messages.group, value: campaign.exclusiveGroup }]),
    ...(campaign.keepWhile === undefined
      ? []
      : [{ name: messages.keepWhile, value: condition(campaign.keepWhile) }]),
  ];
}
