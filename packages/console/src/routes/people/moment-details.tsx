import type { ExplainedCampaign, Explanation } from '@tenth/model/explanation.ts';
import { useMomentExplanation } from '../../api/use-moment-explanation.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useCampaignNames, useSegmentNames } from '../../frame/use-known-names.ts';
import { useLocale, useMessages } from '../../messages/locale-provider.tsx';
import { Muted, Stack, Strong } from '../../ui/layout.tsx';
import {
  type ChangeWords,
  describeChange,
  describeHopeless,
  leavesOf,
} from '../../words/describe-change.ts';
import { explainCap } from '../../words/explain-outcome.ts';
import { readShortCondition } from '../../words/short-condition.ts';
import { ExplainedConditionView, Line } from './explained-condition.tsx';

/** Everything that one campaign looked at in one past moment, and what would have turned it. */
export function MomentDetails({
  person,
  campaign,
  messageId,
}: {
  readonly person: string;
  readonly campaign: string;
  readonly messageId: string;
}) {
  const locale = useLocale();
  const { timeZone } = useFormat();
  const words: ChangeWords = {
    locale,
    timeZone,
    segmentNames: useSegmentNames(),
    campaignNames: useCampaignNames(),
  };
  return (
    <QueryView query={useMomentExplanation(person, campaign, messageId)}>
      {(explanation) => (
        <Stack gap={14}>
          <Remarks explanation={explanation} />
          {explanation.campaigns.map((one) => (
            <CampaignDetails key={one.campaignId} campaign={one} words={words} />
          ))}
        </Stack>
      )}
    </QueryView>
  );
}

function Remarks({ explanation }: { readonly explanation: Explanation }) {
  const { person } = useMessages();
  const remarks = [
    ...(explanation.isAsLogged === false ? [person.remarks.differs] : []),
    ...(explanation.isWhole ? [] : [person.remarks.notWhole]),
    ...(explanation.listsOfNow.length === 0
      ? []
      : [person.remarks.listsOfNow(explanation.listsOfNow.join(', '))]),
  ];
  return remarks.map((remark) => (
    <p key={remark}>
      <Muted>{remark}</Muted>
    </p>
  ));
}

function CampaignDetails({
  campaign,
  words,
}: {
  readonly campaign: ExplainedCampaign;
  readonly words: ChangeWords;
}) {
  const { person } = useMessages();
  const { locale, campaignNames } = words;
  const { smallestChange, schedule, place, keepWhile } = campaign;
  const leaves = leavesOf(campaign);
  const reached = campaign.caps.filter((cap) => cap.isReached);
  const rival = place.takenBy === null ? undefined : campaignNames.get(place.takenBy);
  return (
    <>
      {smallestChange === null ? null : (
        <Part title={person.smallestChange}>
          {smallestChange.isPossible ? null : <p>{describeHopeless(locale)}</p>}
          {smallestChange.changes.map((change) => (
            <p key={change.says}>{describeChange(change, leaves, words)}</p>
          ))}
        </Part>
      )}
      <Part title={person.parts.trigger}>
        <ExplainedConditionView node={campaign.trigger} words={words} />
      </Part>
      {schedule.holds ? null : (
        <Part title={person.parts.schedule}>
          <Line holds={false}>{readShortCondition(schedule.condition, words)}</Line>
        </Part>
      )}
      <Part title={person.parts.audience}>
        <ExplainedConditionView node={campaign.audience} words={words} />
      </Part>
      {keepWhile === null ? null : (
        <Part title={person.parts.keepWhile}>
          <ExplainedConditionView node={keepWhile} words={words} />
        </Part>
      )}
      {reached.length === 0 && place.takenBy === null ? null : (
        <Part title={person.parts.room}>
          {reached.map((cap) => (
            <Line key={cap.cap} holds={false}>
              {explainCap(cap, locale)}
            </Line>
          ))}
          {place.takenBy === null ? null : (
            <Line holds={false}>{person.placeTaken(rival ?? place.takenBy)}</Line>
          )}
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <Strong>{title}</Strong>
      {children}
    </section>
  );
}
