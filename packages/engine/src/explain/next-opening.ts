import type { Schedule } from '@tenth/model/campaign.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import type { CompiledSchedule } from '../decide/schedule.ts';

/** Local hours begin at a quarter of an hour of UTC wherever people live. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Every weekday and hour comes round within a week, whatever the clocks do meanwhile. */
const LOOKED_AHEAD_MS = 8 * DAY_MS;

/** The next moment at which a schedule that is closed lets its campaign run; undefined when it never will. */
export function nextOpening(
  compiled: CompiledSchedule,
  { startsAt, endsAt }: Schedule,
  now: EpochMs,
): EpochMs | undefined {
  const from = Math.max(now, startsAt === undefined ? now : Date.parse(startsAt));
  const until = Math.min(
    from + LOOKED_AHEAD_MS,
    endsAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(endsAt),
  );
  for (let at = from; at < until; at = (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS) {
    if (compiled(at) === undefined) {
      return at;
    }
  }
  return undefined;
}
