import type { CompiledSegment } from '@tenth/engine/plan/plan.ts';
import {
  type SegmentEventProperties,
  type SiteEvent,
  segmentEvents,
  type TransitionCause,
} from '@tenth/model/event.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import type { Profile, Transition } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { hash128 } from '../identify/hash128.ts';

/** A change of membership and what brought it about. */
export interface CausedTransition extends Transition {
  readonly cause: TransitionCause;
}

/**
 * The event that tells of a change of membership. It comes from where its cause came from, so that what
 * may be shown in answer to the one may be shown in answer to the other.
 *
 * @param by.key   Names the cause for good: a message id, or a moment. The same change by the same cause
 *   has the same message id, whoever runs it and however often.
 * @param by.event The event that brought it about; undefined where none did.
 */
export function segmentEventOf(
  profile: Profile,
  transition: CausedTransition,
  segment: CompiledSegment | undefined,
  by: { readonly key: string; readonly event: SiteEvent | undefined },
): SiteEvent {
  const { segmentId, kind, at, cause } = transition;
  const name = segmentEvents[kind];
  const properties: SegmentEventProperties = {
    segment_id: segmentId,
    // A segment that was taken out has no name any more.
    segment_name: segment?.name ?? segmentId,
    cause,
  };
  const told = {
    // 26 characters.
    messageId: hash128(`${profile.id}\n${segmentId}\n${kind}\n${by.key}`) as MessageId,
    type: 'track',
    name,
    previousId: undefined,
    at,
    properties,
    traits: {},
    isBot: false,
    payload: payloadOf(name, properties, at),
  } as const;
  return by.event === undefined
    ? { ...ofNoDevice(profile, at), ...told }
    : { ...by.event, ...told, arrival: { ...by.event.arrival, by: 'nothing' } };
}

/** What nobody's device has sent. */
function ofNoDevice(profile: Profile, at: EpochMs) {
  return {
    anonymousId: undefined,
    userId: profile.userId,
    receivedAt: at,
    page: undefined,
    arrival: noArrival,
    device: { type: 'other', os: '', browser: '' },
    locale: '',
    consent: 'unknown',
    isVerified: false,
  } as const;
}

const noArrival: SiteEvent['arrival'] = {
  channel: 'direct',
  source: '',
  medium: '',
  campaign: '',
  content: '',
  keyword: '',
  referrerHost: '',
  clickIds: {},
  by: 'nothing',
};

function payloadOf(event: string, properties: SegmentEventProperties, at: EpochMs): JsonObject {
  return {
    type: 'track',
    event,
    properties,
    timestamp: new Date(at).toISOString(),
    context: { library: { name: 'tenth' } },
  };
}
