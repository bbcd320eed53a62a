import { useCampaigns } from '../../api/use-campaigns.ts';
import { useExplanation } from '../../api/use-explanation.ts';
import { QueryView } from '../../frame/query-view.tsx';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { Fold } from '../../ui/code.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { Muted, Row, Stack, Strong } from '../../ui/layout.tsx';
import { Blank } from '../../ui/notice.tsx';
import { MomentDetails } from './moment-details.tsx';
import { OutcomeLine } from './outcome-line.tsx';

/** Why did they see this; why did they not see that. */
export function ExplainTab({
  person,
  campaign,
  onPick,
}: {
  readonly person: string;
  readonly campaign: string | undefined;
  readonly onPick: (campaignId: string) => void;
}) {
  const { person: messages } = useMessages();
  const format = useFormat();
  const campaigns = useCampaigns();
  return (
    <Stack>
      <p>
        <Muted>{messages.explainLead}</Muted>
      </p>
      <QueryView query={campaigns}>
        {(data) => (
          <SelectField
            label={messages.pickCampaign}
            placeholder={messages.pickPlaceholder}
            value={campaign}
            choices={data.campaigns.map((entry) => ({
              value: entry.campaign.id,
              label: format.text(entry.campaign.name),
            }))}
            onChange={onPick}
          />
        )}
      </QueryView>
      {campaign === undefined ? null : <Moments person={person} campaign={campaign} />}
    </Stack>
  );
}

function Moments({ person, campaign }: { readonly person: string; readonly campaign: string }) {
  const { person: messages } = useMessages();
  const format = useFormat();
  const explanation = useExplanation(person, campaign);
  return (
    <Card title={messages.moments}>
      <QueryView
        query={explanation}
        isEmpty={(data) => data.moments.length === 0}
        empty={<Blank title={messages.explainNothingTitle}>{messages.explainNothing}</Blank>}
      >
        {(data) => (
          <Stack gap={18}>
            {data.moments.map((moment) => (
              <div key={moment.messageId}>
                <Row gap={8}>
                  <Strong>{messages.atEvent(moment.event)}</Strong>
                  <Muted>
                    {format.moment(moment.at)} ·{' '}
                    {messages.planVersion(format.count(moment.planVersion))}
                  </Muted>
                </Row>
                <OutcomeLine outcome={moment.outcome} />
                <Fold title={messages.everythingItSaw}>
                  {() => (
                    <MomentDetails
                      person={person}
                      campaign={campaign}
                      messageId={moment.messageId}
                    />
                  )}
                </Fold>
              </div>
            ))}
          </Stack>
        )}
      </QueryView>
    </Card>
  );
}
