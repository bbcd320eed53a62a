import { randomInt } from 'node:crypto';
import { applyEvent } from '@tenth/engine/apply.ts';
import { mergeProfiles } from '@tenth/engine/merge.ts';
import type { Plan } from '@tenth/engine/plan/plan.ts';
import { encodeProfile, newProfile } from '@tenth/engine/profile.ts';
import { isRecentMessage } from '@tenth/engine/recent-messages.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { hash128 } from '../identify/hash128.ts';
import { identifierKey, identifiersOf, keepableText } from '../identify/identifier.ts';
import { planIdentity, type Resolution } from '../identify/plan-identity.ts';
import type { MergeReason } from '../identify/ports.ts';
import { profileIdOf } from '../identify/profile-id.ts';
import { decideAtOf } from './decide-at.ts';
import { Person } from './person.ts';
import type { PersonCache } from './person-cache.ts';
import { requireCurrentPlan } from './plan-behind.ts';
import { causesOf, fileApplied, tellSegments } from './tell-segments.ts';
import type { Work } from './work.ts';

/** The largest range that `randomInt` takes. */
const MOST_INCARNATIONS = 2 ** 48 - 1;

/**
 * Runs a request's events on the people in memory: identify, reduce, evaluate, decide. Synchronous,
 * so that the next request of the same people sees its result.
 *
 * @param work Filled as the events run, also when one throws: then its people have to be given up.
 */
export function runRequest(work: Work, cache: PersonCache, plan: Plan): void {
  for (const event of work.request.events) {
    if (event.isBot) {
      fileBotEvent(work, event);
    } else {
      fileEvent(work, cache, plan, event);
    }
  }
}

function fileEvent(work: Work, cache: PersonCache, plan: Plan, event: SiteEvent): void {
  const { request } = work;
  const resolution = planIdentity(request.workspaceId, event, (identifier) => {
    const found = cache.findByIdentifier(identifierKey(request.workspaceId, identifier));
    if (found !== undefined) {
      work.touched.add(found);
    }
    return found;
  });
  if (resolution === undefined) {
    throw new Error('an event that names nobody got past the entrance');
  }
  const person = personOf(resolution, work, cache, event);
  work.touched.add(person);
  if (isRecentMessage(person.profile, event.messageId)) {
    work.duplicates += 1;
    return;
  }
  requireCurrentPlan(person, plan);
  work.changed.add(person);
  applyIdentity(resolution, person, work, cache, plan, event);
  const absorbed = resolution.absorb?.profileId;
  const before = person.profile;
  const decideAt = decideAtOf(request, event);
  const applied = applyEvent(before, event, plan, decideAt);
  fileApplied(work, person, plan, event, applied, {
    decideAt,
    isFirst: resolution.isNew,
    absorbed,
  });
  const { transitions } = applied;
  const [first] = transitions;
  if (first !== undefined) {
    const caused = causesOf(transitions, before, absorbed, plan, first.at);
    tellSegments(work, person, plan, caused, { key: event.messageId, event, decideAt });
  }
}

/** A bot is logged but founds no profile, changes none and is shown nothing. */
function fileBotEvent(work: Work, event: SiteEvent): void {
  const { user, anonymous } = identifiersOf(event);
  const identifier = user ?? anonymous;
  if (identifier !== undefined) {
    work.logged.push({
      event,
      profileId: profileIdOf(work.request.workspaceId, identifier),
      session: undefined,
      isNewVisitor: false,
      isMember: false,
      trace: undefined,
      facts: undefined,
      run: undefined,
    });
  }
}

function personOf(
  resolution: Resolution,
  work: Work,
  cache: PersonCache,
  event: SiteEvent,
): Person {
  const { workspaceId } = work.request;
  const id = resolution.profileId;
  const known = cache.find(workspaceId, id);
  if (known !== undefined) {
    if (resolution.isNew) {
      // No identifier points here any more, yet the row exists: the person starts anew on top of it.
      known.profile = newProfile(id, event.at);
      known.mergedInto = undefined;
      known.identifiers = 0;
    }
    return known;
  }
  const founded = new Person({
    workspaceId,
    profile: newProfile(id, event.at),
    version: 0,
    incarnation: randomInt(MOST_INCARNATIONS),
    mergedInto: undefined,
    identifiers: 0,
    merges: 0,
    keptApart: [],
  });
  cache.add(founded);
  return founded;
}

function applyIdentity(
  { becomes, attach, absorb }: Resolution,
  person: Person,
  work: Work,
  cache: PersonCache,
  plan: Plan,
  event: SiteEvent,
): void {
  const { workspaceId } = work.request;
  for (const identifier of attach) {
    cache.point(identifierKey(workspaceId, identifier), person);
    person.identifiers += 1;
    work.identifiers.push({ workspaceId, identifier, profileId: person.id });
  }
  if (becomes !== undefined) {
    person.profile = { ...person.profile, userId: becomes };
  }
  if (absorb !== undefined) {
    mergeInto(person, absorb, work, cache, plan, event);
  }
}

function mergeInto(
  survivor: Person,
  absorb: { readonly profileId: ProfileId; readonly reason: MergeReason },
  work: Work,
  cache: PersonCache,
  plan: Plan,
  event: SiteEvent,
): void {
  const { workspaceId } = survivor;
  const absorbed = cache.find(workspaceId, absorb.profileId);
  if (absorbed === undefined) {
    throw new Error('a profile that an identifier points to is not in memory');
  }
  requireCurrentPlan(absorbed, plan);
  work.merges.push({
    survivor,
    absorbed,
    write: {
      workspaceId,
      mergeId: hash128(`${workspaceId}\n${survivor.id}\n${absorbed.id}\n${event.messageId}`),
      at: event.receivedAt,
      messageId: keepableText(event.messageId),
      reason: absorb.reason,
      survivorId: survivor.id,
      absorbedId: absorbed.id,
      survivorBefore: encodeProfile(survivor.profile),
      absorbedBefore: encodeProfile(absorbed.profile),
    },
  });
  survivor.profile = mergeProfiles(survivor.profile, absorbed.profile);
  survivor.identifiers += absorbed.identifiers;
  survivor.merges += 1;
  absorbed.mergedInto = survivor.id;
  cache.repoint(absorbed, survivor);
  work.changed.add(absorbed);
}
