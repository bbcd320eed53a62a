import type { Decision, DecisionTrace } from '@tenth/model/decision.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { LoggedDecision } from '@tenth/model/log-record.ts';
import type { Profile, Session } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { decide, undecided } from './decide/decide.ts';
import { evaluate } from './evaluate/evaluate.ts';
import type { Moment } from './evaluate/moment.ts';
import type { Plan } from './plan/plan.ts';
import { deviceKey, findDevice, sessionsSeenFrom } from './profile.ts';
import { reduce } from './reduce/reduce.ts';

export interface Applied {
  readonly profile: Profile;
  readonly decisions: readonly Decision[];
  readonly logged: readonly LoggedDecision[];
  readonly trace: DecisionTrace | undefined;
  readonly session: Session | undefined;
  readonly isNewVisitor: boolean;
  readonly isMember: boolean;
}

/**
 * Takes one event through reduce, evaluate and decide.
 *
 * @param decideAt The decision's moment; undefined for events that nobody waits on, such as an
 *   import, for which nothing is decided and no place in a cap is taken.
 * @returns The changed profile and what to show. A bot changes nothing and is shown nothing.
 */
export function applyEvent(
  profile: Profile,
  event: SiteEvent,
  plan: Plan,
  decideAt: EpochMs | undefined,
): Applied {
  if (event.isBot) {
    return {
      profile,
      decisions: [],
      logged: [],
      trace: undefined,
      session: undefined,
      isNewVisitor: false,
      isMember: profile.userId !== undefined,
    };
  }
  const key = deviceKey(event);
  const before = findDevice(profile, key);
  const reduced = reduce(profile, event, plan);
  const device = findDevice(reduced, key);
  if (device === undefined) {
    throw new Error('reduce left an event without its device');
  }
  const now = decideAt ?? event.at;
  const moment: Moment = { profile: reduced, event, deviceKey: key, device, now };
  const evaluated = evaluate(moment, plan, {
    session: device.sessions !== before?.sessions,
    // Becoming known happens in the identify stage, with the event that carries the userId.
    identity: event.userId !== undefined,
  });
  const decided =
    decideAt === undefined
      ? undecided(evaluated)
      : decide(evaluated === reduced ? moment : { ...moment, profile: evaluated }, plan);
  return {
    profile: decided.profile,
    decisions: decided.decisions,
    logged: decided.logged,
    trace: decided.trace,
    session: device.session,
    isNewVisitor: sessionsSeenFrom(decided.profile, key) <= 1,
    isMember: decided.profile.userId !== undefined,
  };
}
