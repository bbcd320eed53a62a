import type {
  ExplainedCampaign,
  ExplainedCondition,
  ExplainedOutcome,
  Explanation,
} from '@tenth/model/explanation.ts';

/** An explanation as lines for a terminal. */
export function printExplanation(explanation: Explanation): string {
  const { profileId, event, eventAt, at, planVersion, campaigns } = explanation;
  return [
    `person     profileId:${profileId}`,
    `event      ${event} at ${eventAt}`,
    `decided    ${explanation.isDecided ? at : 'nobody waited on it; what would have come of it:'}`,
    `plan       version ${planVersion}`,
    ...remarksOn(explanation).map((remark) => `note       ${remark}`),
    ...(campaigns.length === 0 ? ['', 'The event put no campaign up.'] : []),
    ...campaigns.flatMap((campaign) => ['', ...linesOf(campaign)]),
  ].join('\n');
}

function remarksOn({ isWhole, isAsLogged, listsOfNow }: Explanation): string[] {
  return [
    ...(isAsLogged === false ? ['this run differs from what was logged then'] : []),
    ...(isWhole ? [] : ['the log does not reach back to the beginning of the person']),
    ...(listsOfNow.length === 0 ? [] : [`lists as they are now: ${listsOfNow.join(', ')}`]),
  ];
}

function linesOf(campaign: ExplainedCampaign): string[] {
  const { campaignId, outcome, trigger, schedule, audience, keepWhile } = campaign;
  return [
    `${campaignId}: ${inWords(outcome)}`,
    '  trigger',
    ...linesOfCondition(trigger, '    '),
    '  schedule',
    `    ${mark(schedule.holds)} ${schedule.condition}${schedule.holds ? '' : ` (${JSON.stringify(schedule.saw)})`}`,
    '  audience',
    ...linesOfCondition(audience, '    '),
    ...(keepWhile === null ? [] : ['  stays while', ...linesOfCondition(keepWhile, '    ')]),
    ...campaign.caps.map(
      ({ cap, count, limit, isReached, freesAt }) =>
        `  ${mark(!isReached)} cap ${cap} ${count} of ${limit}${isReached ? `, free ${freesAt ?? 'never'}` : ''}`,
    ),
    ...(campaign.place.takenBy === null
      ? []
      : [`  ${mark(false)} place ${campaign.place.group} taken by ${campaign.place.takenBy}`]),
    ...(campaign.smallestChange === null
      ? []
      : [
          campaign.smallestChange.isPossible
            ? '  smallest change'
            : '  smallest change (nothing the person does brings it about)',
          ...campaign.smallestChange.changes.map(({ says }) => `    ${says}`),
        ]),
  ];
}

function linesOfCondition(node: ExplainedCondition, indent: string): string[] {
  const inner = `${indent}  `;
  switch (node.kind) {
    case 'leaf':
      return [`${indent}${mark(node.holds)} ${node.condition} (${JSON.stringify(node.saw)})`];
    case 'all':
    case 'any':
      return node.of.length === 0
        ? [`${indent}${mark(node.holds)} ${node.kind === 'all' ? 'everybody' : 'nobody'}`]
        : [
            `${indent}${mark(node.holds)} ${node.kind} of`,
            ...node.of.flatMap((part) => linesOfCondition(part, inner)),
          ];
    case 'not':
      return [`${indent}${mark(node.holds)} not`, ...linesOfCondition(node.of, inner)];
    case 'named':
      return [
        `${indent}${mark(node.holds)} ${node.is ? '' : 'not '}${node.what} ${node.id}`,
        ...linesOfCondition(node.of, inner),
      ];
  }
}

const mark = (holds: boolean): string => (holds ? '+' : '-');

function inWords(outcome: ExplainedOutcome): string {
  switch (outcome.kind) {
    case 'failed':
      return `not shown, ${outcome.stage}: ${outcome.condition} (${JSON.stringify(outcome.saw)})`;
    case 'capped':
      return `not shown, cap ${outcome.cap} of ${outcome.limit} reached`;
    case 'crowded_out':
      return `not shown, ${outcome.by} had the place`;
    case 'withheld':
      return 'withheld, in the holdout';
    case 'not_rendered':
      return `not shown, its template failed: ${outcome.reason}`;
    case 'not_considered':
      return `not considered: ${outcome.reason.replaceAll('_', ' ')}`;
    default:
      return outcome.kind;
  }
}
