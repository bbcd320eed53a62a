import type { SimulatedCampaign, SimulationResult } from '@tenth/model/simulation.ts';

/** A simulation's result as lines for a terminal. */
export function printSimulation(result: SimulationResult): string {
  const { period, people, events, campaign, others, cases, unknown, took } = result;
  return [
    `period     ${period.from} to ${period.to}`,
    `traffic    ${people} people, ${events.inPeriod} events, ${events.decided} of them waited on`,
    `plans      ${result.planVersions.join(', ') || 'none'}`,
    ...(campaign === null ? [] : ['', ...linesOfCampaign(campaign)]),
    ...(others.length === 0 ? [] : ['', 'other campaigns']),
    ...others.map(
      (other) =>
        `  ${other.campaignId}: shown ${other.shownAsItWas} -> ${other.shownThen} (lost ${other.lost}, gained ${other.gained}; ${other.peopleLost} people lose)`,
    ),
    ...(cases.length === 0 ? [] : ['', 'cases']),
    ...cases.map(({ kind, campaignId, at, person }) => `  ${kind} ${campaignId} ${at} ${person}`),
    '',
    'what this cannot know',
    ...unknown.map((sentence) => `  ${sentence}`),
    '',
    `${events.run} events in ${took.seconds.toFixed(1)} s on ${took.workers} threads, ${took.eventsPerSecond} events/s`,
  ].join('\n');
}

function linesOfCampaign(campaign: SimulatedCampaign): string[] {
  const { campaignId, people, times, timesAsItWas, byDay, byHour, cost } = campaign;
  const figure = (name: 'qualified' | 'shown' | 'withheld' | 'capped' | 'crowdedOut') =>
    `  ${name.padEnd(12)}${String(people[name]).padStart(9)} people ${String(times[name]).padStart(9)} times, as it was ${timesAsItWas[name]}`;
  return [
    campaignId,
    figure('qualified'),
    figure('shown'),
    figure('withheld'),
    figure('capped'),
    figure('crowdedOut'),
    `  failed      trigger ${times.failedTrigger}, schedule ${times.failedSchedule}, audience ${times.failedAudience}`,
    `  ${campaign.reachedGoalAnyway} of those it would have been shown to reached its goal without it`,
    ...(cost === null
      ? []
      : [
          `  cost        ${cost.total} ${cost.currency} (shows ${cost.shows}, conversions ${cost.conversions})`,
        ]),
    '  by day',
    ...byDay.map(({ day, shown, withheld }) => `    ${day}  shown ${shown}, withheld ${withheld}`),
    '  by hour of day',
    ...byHour
      .filter(({ qualified }) => qualified > 0)
      .map(
        ({ hour, shown, withheld }) =>
          `    ${String(hour).padStart(2, '0')}  shown ${shown}, withheld ${withheld}`,
      ),
  ];
}
