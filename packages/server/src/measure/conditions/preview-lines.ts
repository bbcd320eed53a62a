import { personLink } from '@tenth/model/person-link.ts';
import type { PreviewLine, PreviewRequest } from '@tenth/model/preview.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import type { EventLogReader } from '../sql/query.ts';
import { countPeople, type Draft, overlapsOf, samplePeople } from './preview.ts';

/**
 * A preview part by part, what answers the first question first. Aborting the signal ends it with the
 * query in hand.
 */
export async function* previewLines(
  log: EventLogReader,
  request: PreviewRequest,
  draft: Draft,
  signal: AbortSignal,
): AsyncGenerator<PreviewLine> {
  const { sample, weeks, overlapWith } = request;
  const segments = draft.definitions.segments.filter(
    ({ id }) => overlapWith === undefined || overlapWith.includes(id),
  );
  const steps = 2 + segments.length + weeks;
  let taken = 0;
  const progress = (more: number) => {
    taken += more;
    return Math.min(0.99, taken / steps);
  };

  const { people, of } = await countPeople(log, draft);
  yield { kind: 'size', people, of, share: shareOf(people, of), progress: progress(1) };
  if (signal.aborted) {
    return;
  }
  const named = await samplePeople(log, draft, sample);
  yield {
    kind: 'sample',
    people: named.map((profileId) => ({ profileId, link: personLink(profileId) })),
    progress: progress(1),
  };
  for await (const overlaps of signal.aborted ? [] : overlapsOf(log, draft, segments)) {
    yield {
      kind: 'overlap',
      segments: overlaps.map((overlap) => ({
        ...overlap,
        shareOfDraft: shareOf(overlap.both, people),
        shareOfSegment: shareOf(overlap.both, overlap.people),
      })),
      progress: progress(overlaps.length),
    };
    if (signal.aborted) {
      return;
    }
  }
  for (let back = weeks; back > 0 && !signal.aborted; back -= 1) {
    const at = draft.now - back * 7 * DAY_MS;
    const then = await countPeople(log, { ...draft, now: at, upTo: at });
    const moment = new Date(at).toISOString();
    yield { kind: 'trend', at: moment, people: then.people, progress: progress(1) };
  }
  if (!signal.aborted) {
    yield { kind: 'trend', at: new Date(draft.now).toISOString(), people, progress: 0.99 };
    yield { kind: 'done', progress: 1 };
  }
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
