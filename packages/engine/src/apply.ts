import type { Decision, DecisionTrace } from '@tenth/model/decision.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { LoggedDecision } from '@tenth/model/log-record.ts';
import type { Profile, Session, Transition } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { decide, undecided } from './decide/decide.ts';
import { evaluate } from './evaluate/evaluate.ts';
import type { Plan } from './plan/plan.ts';
import { deviceKey, sessionsSeenFrom } from './profile.ts';
import { reduce } from './reduce/reduce.ts';

export interface Applied {
  readonly profile: Profile;
  readonly decisions: readonly Decision[];
  readonly logged: readonly LoggedDecision[];
  readonly trace: DecisionTrace | undefined;
  readonly session: Session | undefined;
  readonly isNewVisitor: boolean;
  readonly isMember: boolean;
  /** Segments that the person came into or left, each once. */
  readonly transitions: readonly Transition[];
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
      transitions: [],
    };
  }
  const key = deviceKey(event);
  const reduced = reduce(profile, event, plan);
  const { device } = reduced;
  // What comes late does not take the person's segments back to what they were.
  const evaluateAt =
    decideAt ?? Math.max(event.at, reduced.profile.lastSeenAt, profile.sweptAt ?? 0);
  const evaluated = evaluate(profile, reduced, evaluateAt, plan);
  const decided =
    decideAt === undefined
      ? undecided(evaluated.profile)
      : decide({ profile: evaluated.profile, event, deviceKey: key, device, now: decideAt }, plan);
  return {
    profile: decided.profile,
    decisions: decided.decisions,
    logged: decided.logged,
    trace: decided.trace,
    session: reduced.session,
    isNewVisitor: sessionsSeenFrom(decided.profile, key) <= 1,
    isMember: decided.profile.userId !== undefined,
    transitions: evaluated.transitions,
  };
}
