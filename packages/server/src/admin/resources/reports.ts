import { Problem } from '@tenth/model/problem.ts';
import type { Period } from '@tenth/model/report.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { Reports } from '../ports.ts';
import { findCampaign } from './campaigns.ts';

type ReportHandlers = Pick<Handlers, 'getCampaignReport' | 'getShopReport'>;

/** Daily figures of more than this would be too many to read. */
const LONGEST_DAYS = 731;

export interface ReportHandlerDeps {
  readonly plans: PlanRegistry;
  readonly reports: Reports;
  readonly now: () => number;
}

export function reportHandlers({ plans, reports, now }: ReportHandlerDeps): ReportHandlers {
  return {
    async getCampaignReport({ caller, params, query }) {
      const { definition } = plans.get(caller.workspaceId);
      return reports.campaign(caller.workspaceId, {
        campaign: findCampaign(definition, params.id),
        settings: definition.settings,
        period: periodOf(query, now()),
      });
    },

    async getShopReport({ caller, query }) {
      const { definition } = plans.get(caller.workspaceId);
      return reports.shop(caller.workspaceId, {
        settings: definition.settings,
        period: periodOf(query, now()),
      });
    },
  };
}

/** @throws {Problem} body-invalid */
export function periodOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: EpochMs,
): Period {
  const end = to === undefined ? now : Date.parse(to);
  const start = from === undefined ? end - 30 * DAY_MS : Date.parse(from);
  if (start >= end) {
    throw new Problem('body-invalid', 'The period ends before it starts.', 'from');
  }
  if (end - start > LONGEST_DAYS * DAY_MS) {
    throw new Problem('body-invalid', `A period has at most ${LONGEST_DAYS} days.`, 'from');
  }
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}
