import type { Campaign, CampaignStatus } from '@tenth/model/campaign.ts';
import { ApiError } from '../../api/api-error.ts';
import { useSetCampaignStatus } from '../../api/use-set-campaign-status.ts';
import { problemText } from '../../frame/problem-text.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Toggle } from '../../ui/buttons.tsx';
import { Row } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toaster.tsx';

const tones: Readonly<Record<CampaignStatus, Tone>> = {
  live: 'good',
  paused: 'plain',
  draft: 'warn',
};

/** The switch of one campaign, with its status in words. */
export function StatusSwitch({ campaign }: { readonly campaign: Campaign }) {
  const messages = useMessages();
  const format = useFormat();
  const set = useSetCampaignStatus();
  const say = useToast();
  const name = format.text(campaign.name);
  return (
    <Row gap={10}>
      <Toggle
        label={messages.campaigns.switchOn(name)}
        isOn={campaign.status === 'live'}
        onChange={(isOn) =>
          set.mutate(
            { id: campaign.id, status: isOn ? 'live' : 'paused' },
            {
              onSuccess: () => say(messages.campaigns.switched(name, isOn)),
              onError: (error) =>
                say(
                  `${messages.campaigns.switchFailed(name)} ${
                    error instanceof ApiError ? problemText(error.problem, messages) : error.message
                  }`,
                  'bad',
                ),
            },
          )
        }
      />
      <Badge tone={tones[campaign.status]} dot>
        {messages.campaigns.statuses[campaign.status]}
      </Badge>
    </Row>
  );
}
