import type { Campaign } from '@tenth/model/campaign.ts';
import type { Arm } from '@tenth/model/decision.ts';
import type { ArmResult, CampaignReport, Period } from '@tenth/model/report.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import { type ConversionCell, countConversions } from './campaign/count-conversions.ts';
import { countDraws, type DrawCell } from './campaign/count-draws.ts';
import { countResponses, type ResponseCounts } from './campaign/count-responses.ts';
import { expectedHoldoutShare } from './campaign/expected-holdout-share.ts';
import { localDays } from './local-days.ts';
import { toReportPeriod } from './report-period.ts';
import type { EventLogReader } from './sql/query.ts';
import { proportionSample, relativeLift } from './statistics/relative-lift.ts';
import { testSampleRatio } from './statistics/sample-ratio.ts';
import { compareProportions } from './statistics/two-proportions.ts';
import { sum } from './sum.ts';

export interface CampaignReportInput {
  readonly campaign: Campaign;
  readonly settings: Pick<WorkspaceSettings, 'currency' | 'timeZone'>;
  readonly period: Period;
}

/**
 * What a campaign did in a period, counted from the event log. What each figure means: README.md.
 *
 * @throws {Error} The event log does not answer.
 */
export async function reportCampaign(
  log: EventLogReader,
  { campaign, settings, period }: CampaignReportInput,
): Promise<CampaignReport> {
  const stretch = toReportPeriod(period, settings.timeZone);
  const input = { campaign, period: stretch };
  const [cells, draws, [whole], byVariant, byDay] = await Promise.all([
    countConversions(log, { ...input, shopCurrency: settings.currency }),
    countDraws(log, input),
    countResponses(log, { ...input, by: 'all' }),
    countResponses(log, { ...input, by: 'variant' }),
    countResponses(log, { ...input, by: 'day' }),
  ]);
  const shownCells = cells.filter(({ variantId }) => variantId !== '');
  return {
    campaignId: campaign.id,
    period,
    people: {
      qualified: sum(cells, ({ people }) => people),
      shown: whole?.shown ?? 0,
      withheld: whole?.withheld ?? 0,
      seen: whole?.seen ?? 0,
      clicked: whole?.clicked ?? 0,
      dismissed: whole?.dismissed ?? 0,
      converted: sum(shownCells, ({ converted }) => converted),
      drawnBefore: sum(cells, (cell) => (cell.isDrawnBefore ? cell.people : 0)),
      crossedOver: sum(cells, (cell) =>
        cell.isCrossedOver && !cell.isDrawnBefore ? cell.people : 0,
      ),
    },
    value: {
      currency: campaign.goal.value?.currency ?? settings.currency,
      totalMinor: sum(shownCells, ({ valueMinor }) => valueMinor),
    },
    lift: measureLift(cells),
    sampleRatio: measureSampleRatio(draws, campaign),
    variants: listVariants(campaign, byVariant, shownCells),
    daily: localDays(stretch.fromMs, stretch.toMs, settings.timeZone).map((day) => {
      const { shown, withheld, seen, clicked } = findCounts(byDay, day);
      const converted = sum(shownCells, (cell) => (cell.day === day ? cell.converted : 0));
      return { day, shown, withheld, seen, clicked, converted };
    }),
  };
}

function measureLift(cells: readonly ConversionCell[]): CampaignReport['lift'] {
  const treatment = armResult(cells, 'treatment');
  const holdout = armResult(cells, 'holdout');
  if (treatment.people === 0 || holdout.people === 0) {
    return null;
  }
  const absolute = compareProportions({ control: holdout, treatment });
  const relative = relativeLift({
    control: proportionSample(holdout),
    treatment: proportionSample(treatment),
  });
  return {
    treatment,
    holdout,
    absolute: absolute.difference,
    absoluteInterval: absolute.interval,
    relative: relative?.relative ?? null,
    relativeInterval: relative?.interval ?? null,
    pValue: absolute.pValue,
  };
}

function armResult(cells: readonly ConversionCell[], arm: Arm): ArmResult {
  const own = cells.filter(
    (cell) => cell.arm === arm && !cell.isDrawnBefore && !cell.isCrossedOver,
  );
  const people = sum(own, (cell) => cell.people);
  const converted = sum(own, (cell) => cell.converted);
  return {
    people,
    converted,
    rate: people === 0 ? 0 : converted / people,
    valueMinor: sum(own, (cell) => cell.valueMinor),
  };
}

function measureSampleRatio(
  draws: readonly DrawCell[],
  campaign: Campaign,
): CampaignReport['sampleRatio'] {
  const withheld = sum(draws, ({ arm, people }) => (arm === 'holdout' ? people : 0));
  const people = sum(draws, (draw) => draw.people);
  const expected = expectedHoldoutShare(draws, campaign);
  const { pValue, isSuspect } = testSampleRatio(
    [people - withheld, withheld],
    [1 - expected, expected],
  );
  return {
    expectedHoldoutShare: expected,
    observedHoldoutShare: people === 0 ? 0 : withheld / people,
    pValue,
    isSuspect,
  };
}

/** The campaign's variants, and after them those it had before that were shown in the period. */
function listVariants(
  campaign: Campaign,
  counts: readonly ResponseCounts[],
  cells: readonly ConversionCell[],
): CampaignReport['variants'] {
  const former = counts.filter(({ shown }) => shown > 0).map(({ key }) => key);
  const ids = new Set([...campaign.variants.map(({ id }) => String(id)), ...former]);
  return [...ids].map((variantId) => {
    const { shown, seen, clicked, dismissed } = findCounts(counts, variantId);
    const converted = sum(cells, (cell) => (cell.variantId === variantId ? cell.converted : 0));
    return { variantId, shown, seen, clicked, dismissed, converted };
  });
}

const NOBODY = { shown: 0, withheld: 0, seen: 0, clicked: 0, dismissed: 0 };

function findCounts(counts: readonly ResponseCounts[], key: string): Omit<ResponseCounts, 'key'> {
  return counts.find((count) => count.key === key) ?? NOBODY;
}
