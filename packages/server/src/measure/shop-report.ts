import type { Period, ShopReport } from '@tenth/model/report.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import { localDays } from './local-days.ts';
import { toReportPeriod } from './report-period.ts';
import { countMessagePeople } from './shop/count-message-people.ts';
import { countMilestones } from './shop/count-milestones.ts';
import { countNewVisitors } from './shop/count-new-visitors.ts';
import { countOrders, type OrderCell } from './shop/count-orders.ts';
import { countSignUps, type SignUpCell } from './shop/count-sign-ups.ts';
import { countTraffic } from './shop/count-traffic.ts';
import { countVisits, type VisitCell } from './shop/count-visits.ts';
import type { EventLogReader } from './sql/query.ts';
import { sum } from './sum.ts';

export interface ShopReportInput {
  readonly settings: Pick<WorkspaceSettings, 'currency' | 'timeZone' | 'milestones'>;
  readonly period: Period;
}

interface Cells {
  readonly visits: readonly VisitCell[];
  readonly signUps: readonly SignUpCell[];
  readonly orders: readonly OrderCell[];
}

/**
 * The shop's figures in a period, counted from the event log. What each figure means: README.md.
 *
 * @throws {Error} The event log does not answer.
 */
export async function reportShop(
  log: EventLogReader,
  { settings, period: asked }: ShopReportInput,
): Promise<ShopReport> {
  const period = toReportPeriod(asked, settings.timeZone);
  const { currency, milestones } = settings;
  const [traffic, visits, newVisitors, views, signUps, orders, messages] = await Promise.all([
    countTraffic(log, period),
    countVisits(log, period),
    countNewVisitors(log, period),
    countMilestones(log, { milestones, period }),
    countSignUps(log, { signUp: milestones.signUp, period }),
    countOrders(log, { currency, period }),
    countMessagePeople(log, period),
  ]);
  const cells = { visits, signUps, orders };
  const signUpCount = sum(signUps, ({ people }) => people);
  return {
    period: asked,
    visits: sum(visits, (cell) => cell.visits),
    visitors: traffic.visitors,
    newVisitors: sum(newVisitors, ({ people }) => people),
    pageViews: traffic.pageViews,
    events: traffic.events,
    botEvents: traffic.botEvents,
    messages: {
      peopleShown: messages.shown,
      peopleSeen: messages.seen,
      peopleClicked: messages.clicked,
      responseRate: share(messages.clicked, messages.seen),
    },
    memberBenefitPageViews: views.memberBenefit,
    signUpFormViews: views.signUpForm,
    signUps: signUpCount,
    signUpRate: share(signUpCount, views.signUpForm),
    orders: sum(orders, (cell) => cell.orders),
    revenueMinor: sum(orders, (cell) => cell.totalMinor),
    firstOrders: firstOrders(orders),
    currency,
    daily: localDays(period.fromMs, period.toMs, settings.timeZone).map((day) => ({
      day,
      visits: sum(on(day, visits), (cell) => cell.visits),
      newVisitors: sum(on(day, newVisitors), ({ people }) => people),
      signUps: sum(on(day, signUps), ({ people }) => people),
      orders: sum(on(day, orders), (cell) => cell.orders),
      revenueMinor: sum(on(day, orders), (cell) => cell.totalMinor),
    })),
    channels: listChannels(cells),
  };
}

function firstOrders(orders: readonly OrderCell[]): ShopReport['firstOrders'] {
  const first = orders.filter(({ isFirst }) => isFirst);
  const totalMinor = sum(first, (cell) => cell.totalMinor);
  return {
    count: sum(first, (cell) => cell.orders),
    totalMinor,
    averageMinor: share(
      totalMinor,
      sum(first, ({ paidOrders }) => paidOrders),
    ),
    products: sum(first, ({ pieces }) => pieces),
  };
}

/** Channels that brought anything, the busiest first. */
function listChannels({ visits, signUps, orders }: Cells): ShopReport['channels'] {
  const names = new Set([...visits, ...signUps, ...orders].map(({ channel }) => channel));
  return [...names]
    .map((channel) => ({
      channel,
      visits: sum(by(channel, visits), (cell) => cell.visits),
      signUps: sum(by(channel, signUps), ({ people }) => people),
      orders: sum(by(channel, orders), (cell) => cell.orders),
    }))
    .sort((one, other) => other.visits - one.visits || (one.channel < other.channel ? -1 : 1));
}

function on<Cell extends { readonly day: string }>(day: string, cells: readonly Cell[]) {
  return cells.filter((cell) => cell.day === day);
}

function by<Cell extends { readonly channel: string }>(channel: string, cells: readonly Cell[]) {
  return cells.filter((cell) => cell.channel === channel);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
