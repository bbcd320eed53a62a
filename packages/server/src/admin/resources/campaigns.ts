import type { Campaign } from '@tenth/model/campaign.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { CampaignTotals, Reports } from '../ports.ts';
import type { Publisher } from '../publisher.ts';
import { requireSameId, withItem, withoutItem } from './plan-items.ts';

type CampaignHandlers = Pick<
  Handlers,
  'listCampaigns' | 'getCampaign' | 'putCampaign' | 'setCampaignStatus' | 'deleteCampaign'
>;

export interface CampaignHandlerDeps {
  readonly plans: PlanRegistry;
  readonly publisher: Publisher;
  readonly reports: Pick<Reports, 'totals'>;
  readonly now: () => number;
}

const NOTHING: CampaignTotals = { shown: 0, withheld: 0, seen: 0, clicked: 0 };

export function campaignHandlers(deps: CampaignHandlerDeps): CampaignHandlers {
  const { plans, publisher, reports, now } = deps;
  return {
    async listCampaigns({ caller }) {
      const { campaigns } = plans.get(caller.workspaceId).definition;
      const totals = await reports.totals(caller.workspaceId, now());
      return {
        campaigns: [...campaigns]
          .sort((left, right) => right.priority - left.priority || (left.id < right.id ? -1 : 1))
          .map((campaign) => ({ campaign, last30Days: totals.get(campaign.id) ?? NOTHING })),
      };
    },

    async getCampaign({ caller, params: { id } }) {
      const { definition } = plans.get(caller.workspaceId);
      return { campaign: findCampaign(definition, id), planVersion: definition.version };
    },

    async putCampaign({ caller, params: { id }, body: campaign }) {
      requireSameId(id, campaign.id);
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `campaigns.${id}`,
        apply: (current) => ({ ...current, campaigns: withItem(current.campaigns, campaign) }),
      });
      return { campaign, planVersion: version };
    },

    async setCampaignStatus({ caller, params: { id }, body: { status } }) {
      const definition = await publisher.publish(caller.workspaceId, {
        path: `campaigns.${id}`,
        apply: (current) => ({
          ...current,
          campaigns: withItem(current.campaigns, { ...findCampaign(current, id), status }),
        }),
      });
      return { campaign: findCampaign(definition, id), planVersion: definition.version };
    },

    async deleteCampaign({ caller, params: { id } }) {
      const { version } = await publisher.publish(caller.workspaceId, {
        path: `campaigns.${id}`,
        apply: (current) => {
          findCampaign(current, id);
          return { ...current, campaigns: withoutItem(current.campaigns, id) };
        },
      });
      return { planVersion: version };
    },
  };
}

/** @throws {Problem} not-found */
export function findCampaign(definition: PlanDefinition, id: string): Campaign {
  const found = definition.campaigns.find((campaign) => campaign.id === id);
  if (found === undefined) {
    throw new Problem('not-found', `There is no campaign ${id}.`, 'id');
  }
  return found;
}
