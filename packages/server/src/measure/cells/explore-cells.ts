import type { Campaign } from '@tenth/model/campaign.ts';
import type { Cell, CellOrder, CellsReply } from '@tenth/model/cells.ts';
import type { VariableId } from '@tenth/model/ids.ts';
import type { Period } from '@tenth/model/report.ts';
import type { Variable } from '@tenth/model/variable.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import { type ReportPeriod, toReportPeriod } from '../report-period.ts';
import type { EventLogReader } from '../sql/query.ts';
import { sum } from '../sum.ts';
import { placesOfKey } from './cell-key-sql.ts';
import { type ArmsOfCell, countArms } from './count-arms.ts';
import { type CountedCell, countCells } from './count-cells.ts';
import { estimateAlone, estimateRates } from './estimate-rates.ts';
import { type CellResponses, estimateResponses, responseAlone } from './estimate-responses.ts';
import { type LevelBuild, levelIdsOf } from './level-build.ts';

export interface CellsQuestion {
  /** In the order in which a cell's levels are told. */
  readonly variables: readonly Variable[];
  readonly campaign: Campaign | undefined;
  readonly settings: Pick<WorkspaceSettings, 'currency' | 'timeZone'>;
  readonly period: Period;
  readonly minPeople: number;
  readonly orderBy: CellOrder;
  readonly limit: number;
}

/**
 * Everybody, told apart by the levels of some variables. All cells are counted and fitted together,
 * whichever are listed.
 *
 * @throws {Error} The event log does not answer.
 */
export async function exploreCells(
  log: EventLogReader,
  build: LevelBuild,
  question: CellsQuestion,
): Promise<CellsReply> {
  const { variables, settings, minPeople, orderBy, limit } = question;
  const period = toReportPeriod(question.period, settings.timeZone);
  const ids = variables.map(({ id }) => id);
  const [cells, arms] = await Promise.all([
    countCells(log, { build, variables: ids, period, currency: settings.currency }),
    armsOf(log, build, ids, question, period),
  ]);
  const everybody = sum(cells, ({ people }) => people);
  const rates = estimateRates(cells.map(toBuyers));
  const responses =
    arms === undefined
      ? undefined
      : estimateResponses(cells.map(({ key }) => arms.get(key) ?? NOBODY));
  const levels = variables.map(levelIdsOf);
  const placesOf = (key: number) => placesOfKey(key, variables.length);
  const complete = cells.filter(({ key }) => placesOf(key).every((place) => place > 0)).length;
  const listable = cells.filter(({ people }) => people >= minPeople);
  const rankOf = (cell: CountedCell): number => {
    switch (orderBy) {
      case 'people':
        return cell.people;
      case 'conversion':
        return rates.shrunk(toBuyers(cell))?.rate ?? 0;
      case 'response':
        return responses?.response(arms?.get(cell.key) ?? NOBODY) ?? 0;
    }
  };
  const listed = inOrder(listable, rankOf).slice(0, limit);
  return {
    asOf: new Date(build.asOf).toISOString(),
    period: question.period,
    currency: settings.currency,
    variables: ids.map((id, index) => ({ id, levels: [...(levels[index] ?? [])] })),
    cells: listed.map((cell) => ({
      levels: placesOf(cell.key).map((place, index) => levels[index]?.[place - 1] ?? null),
      ...figuresOf(cell, everybody),
      conversion: rates.estimate(toBuyers(cell)) ?? estimateAlone(toBuyers(cell)),
      campaign: campaignOf(arms?.get(cell.key), responses),
    })),
    totals: totalsOf(cells, arms),
    possible: levels.reduce((product, ofVariable) => product * ofVariable.length, 1),
    occupied: complete,
    partial: cells.length - complete,
    matching: listable.length,
  };
}

const NOBODY: ArmsOfCell = {
  shown: { people: 0, converted: 0 },
  withheld: { people: 0, converted: 0 },
};

async function armsOf(
  log: EventLogReader,
  build: LevelBuild,
  variables: readonly VariableId[],
  { campaign, settings }: CellsQuestion,
  period: ReportPeriod,
): Promise<ReadonlyMap<number, ArmsOfCell> | undefined> {
  const shopCurrency = settings.currency;
  return campaign === undefined
    ? undefined
    : countArms(log, { build, variables, campaign, period, shopCurrency });
}

function toBuyers({ people, buyers }: CountedCell) {
  return { people, converted: buyers };
}

/** The highest first; equal ones by their key, so that the same question has the same answer. */
function inOrder(
  cells: readonly CountedCell[],
  rankOf: (cell: CountedCell) => number,
): readonly CountedCell[] {
  return cells
    .map((cell) => ({ cell, rank: rankOf(cell) }))
    .sort((one, other) => other.rank - one.rank || one.cell.key - other.cell.key)
    .map(({ cell }) => cell);
}

function figuresOf({ people, orders, buyers, revenueMinor }: CountedCell, everybody: number) {
  return {
    people,
    share: everybody === 0 ? 0 : people / everybody,
    orders,
    buyers,
    revenueMinor,
    revenuePerPersonMinor: people === 0 ? 0 : revenueMinor / people,
  };
}

function campaignOf(
  arms: ArmsOfCell | undefined,
  responses: CellResponses | undefined,
): Cell['campaign'] {
  return responses === undefined ? null : responses.estimate(arms ?? NOBODY);
}

function totalsOf(
  cells: readonly CountedCell[],
  arms: ReadonlyMap<number, ArmsOfCell> | undefined,
): CellsReply['totals'] {
  const whole: CountedCell = {
    key: 0,
    people: sum(cells, ({ people }) => people),
    buyers: sum(cells, ({ buyers }) => buyers),
    orders: sum(cells, ({ orders }) => orders),
    revenueMinor: sum(cells, ({ revenueMinor }) => revenueMinor),
  };
  return {
    ...figuresOf(whole, whole.people),
    conversion: estimateAlone(toBuyers(whole)),
    campaign: arms === undefined ? null : responseAlone(addArms([...arms.values()])),
  };
}

function addArms(cells: readonly ArmsOfCell[]): ArmsOfCell {
  const arm = (name: keyof ArmsOfCell) => ({
    people: sum(cells, (cell) => cell[name].people),
    converted: sum(cells, (cell) => cell[name].converted),
  });
  return { shown: arm('shown'), withheld: arm('withheld') };
}
