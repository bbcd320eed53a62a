import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CampaignStatus } from '@tenth/model/campaign.ts';
import { callApi, type ReplyOf } from './client.ts';
import { campaignKey } from './use-campaign.ts';
import { campaignsKey } from './use-campaigns.ts';

interface Change {
  readonly id: string;
  readonly status: CampaignStatus;
}

type CampaignList = ReplyOf<'listCampaigns'>;
type OneCampaign = ReplyOf<'getCampaign'>;

/** Shows the new status at once, and the old one again if the server refuses. */
export function useSetCampaignStatus() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, status }: Change) =>
      callApi('setCampaignStatus', { params: { id }, body: { status } }),
    onMutate: async ({ id, status }) => {
      await client.cancelQueries({ queryKey: campaignsKey });
      await client.cancelQueries({ queryKey: campaignKey(id) });
      const list = client.getQueryData<CampaignList>(campaignsKey);
      const one = client.getQueryData<OneCampaign>(campaignKey(id));
      if (list !== undefined) {
        client.setQueryData<CampaignList>(campaignsKey, {
          campaigns: list.campaigns.map((entry) =>
            entry.campaign.id === id
              ? { ...entry, campaign: { ...entry.campaign, status } }
              : entry,
          ),
        });
      }
      if (one !== undefined) {
        client.setQueryData<OneCampaign>(campaignKey(id), {
          ...one,
          campaign: { ...one.campaign, status },
        });
      }
      return { list, one };
    },
    onError: (_error, { id }, before) => {
      client.setQueryData(campaignsKey, before?.list);
      client.setQueryData(campaignKey(id), before?.one);
    },
    onSettled: async (_reply, _error, { id }) => {
      await client.invalidateQueries({ queryKey: campaignsKey });
      await client.invalidateQueries({ queryKey: campaignKey(id) });
    },
  });
}
