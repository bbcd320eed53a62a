import type { Tally } from '@tenth/engine/simulate/tally.ts';
import type { SimulationRequest } from '@tenth/model/simulation.ts';

/** What a reader has to know before believing the figures, in sentences. */
export function whatItCannotKnow(tally: Tally, request: SimulationRequest): string[] {
  const silent = tally.inPeriod - tally.decided;
  return [
    'How people would have responded. Nobody saw these messages: what people did afterwards is what they did without them, so no conversion, revenue or lift is foretold.',
    'Clicks, dismissals and impressions are those that really happened, and only to messages that really were shown.',
    request.newShows === 'seen'
      ? 'A message that was not really shown counts as seen at once and so keeps its place in the caps; in truth some are never seen and give their place back.'
      : 'A message that was not really shown counts as never seen and so gives its place in the caps back when its reservation runs out; in truth most are seen, so this shows more than would be shown.',
    'Where people would have gone. A message that makes somebody leave or stay changes the events that follow; here they follow as they did.',
    ...(request.campaign === undefined
      ? []
      : [
          'Goals that were reached after the end of the period are not counted, nor whether the goal would have been reached with the message.',
        ]),
    ...(request.segments.length === 0
      ? []
      : [
          'People’s entering and leaving of segments, as events, are those that really happened; a segment that is tried out brings about no others.',
        ]),
    ...(hasBrowserTrigger(request)
      ? [
          'The browser reports this trigger only while a live campaign asks for it: where none did then, the moments are missing from the log.',
        ]
      : []),
    ...(request.moments === 'decided' && silent > 0
      ? [
          `${silent} of ${tally.inPeriod} events in the period came without anybody waiting for an answer (imports, servers): nothing was shown at them, as it was. Give moments: every_event to take them for visits.`,
        ]
      : []),
    ...(request.moments === 'every_event' && silent > 0
      ? [
          `${silent} of ${tally.inPeriod} events in the period came without anybody waiting for an answer. They are taken for visits, in both worlds, so what is called “as it was” is what would have been shown, not what was.`,
        ]
      : []),
    ...(tally.isWhole
      ? []
      : [
          'Some people cannot be rebuilt wholly: the log does not reach back to their beginning, or a merge of theirs was undone.',
        ]),
  ];
}

const inTheLog = new Set(['event', 'page_count', 'cart_band']);

function hasBrowserTrigger({ campaign }: SimulationRequest): boolean {
  return campaign !== undefined && !inTheLog.has(campaign.trigger.kind);
}
