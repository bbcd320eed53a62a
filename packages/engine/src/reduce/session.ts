import type { SiteEvent } from '@tenth/model/event.ts';
import type { SessionId } from '@tenth/model/ids.ts';
import { isJsonObject, type Json } from '@tenth/model/json.ts';
import type { Session } from '@tenth/model/profile.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { noAggregates } from '../aggregate/aggregates.ts';
import { fnv1a32 } from '../hash.ts';

/** A visit ends after 30 minutes without an event, as in GA4 and Matomo. */
export const SESSION_GAP_MS = 30 * MINUTE_MS;
/** No visit runs longer than a day, as in PostHog. */
const SESSION_MOST_MS = DAY_MS;

/** Whether an event opens a new visit of its device: silence, a day's length, or a new campaign source. */
export function startsSession(session: Session | undefined, event: SiteEvent): boolean {
  if (session === undefined) {
    return true;
  }
  if (event.at <= session.lastAt) {
    // A late event cannot end the visit that is under way.
    return false;
  }
  return (
    event.at - session.lastAt > SESSION_GAP_MS ||
    event.at - session.startedAt > SESSION_MOST_MS ||
    bringsNewSource(session, event)
  );
}

/**
 * Whether an event is of a time before the visit under way began: an import of what was, or a phone that
 * comes back online. It is counted, but says nothing of the visit and the cart of now.
 */
export function isOfEarlierVisit(session: Session, event: SiteEvent): boolean {
  return event.at < session.startedAt - SESSION_GAP_MS;
}

/**
 * A campaign or an ad begins a visit, and so does a search; a plain link from another site goes on with it.
 * Neither what brought the visit here, which single-page shops say again with each event, nor the app that it
 * is in, which names itself on every page, brings anything new.
 */
function bringsNewSource(session: Session, { arrival }: SiteEvent): boolean {
  const isOther =
    arrival.source !== session.source ||
    arrival.medium !== session.medium ||
    arrival.campaign !== session.campaign;
  switch (arrival.by) {
    case 'address':
      return isOther;
    case 'referrer':
      return (
        isOther &&
        arrival.channel !== 'direct' &&
        arrival.channel !== 'referral' &&
        arrival.referrerHost !== session.referrerHost
      );
    default:
      return false;
  }
}

export function openSession(device: string, event: SiteEvent): Session {
  const { arrival } = event;
  return {
    // Letters, digits and a hyphen, at most 15 characters.
    id: `${fnv1a32(device).toString(36)}-${event.at.toString(36)}` as SessionId,
    startedAt: event.at,
    lastAt: event.at,
    pages: 0,
    channel: arrival.channel,
    source: arrival.source,
    medium: arrival.medium,
    campaign: arrival.campaign,
    content: arrival.content,
    keyword: arrival.keyword,
    referrerHost: arrival.referrerHost,
    landingPath: '',
    landingCategory: '',
    device: event.device.type,
    os: event.device.os,
    browser: event.device.browser,
    country: '',
    region: '',
    city: '',
    timeZone: '',
    aggregates: noAggregates,
  };
}

/** The visit after one more event of it, with what is aggregated over it. */
export function continueSession(
  session: Session,
  event: SiteEvent,
  aggregates: Session['aggregates'],
): Session {
  const place = placeOf(session, event);
  const isPage = event.type === 'page' || event.type === 'screen';
  const isLanding = isPage && session.pages === 0;
  return {
    id: session.id,
    startedAt: session.startedAt,
    lastAt: Math.max(session.lastAt, event.at),
    pages: session.pages + (isPage ? 1 : 0),
    channel: session.channel,
    source: session.source,
    medium: session.medium,
    campaign: session.campaign,
    content: session.content,
    keyword: session.keyword,
    referrerHost: session.referrerHost,
    landingPath: isLanding ? (event.page?.path ?? '') : session.landingPath,
    landingCategory: isLanding ? (event.page?.category ?? '') : session.landingCategory,
    device: session.device,
    os: session.os,
    browser: session.browser,
    country: place.country,
    region: place.region,
    city: place.city,
    timeZone: place.timeZone,
    aggregates,
  };
}

type Place = Pick<Session, 'country' | 'region' | 'city' | 'timeZone'>;

/** Characters of the name of a place that are kept. */
const MOST_PLACE = 100;

/** Where the visit is, as the first of its events says that says so. */
function placeOf(session: Session, event: SiteEvent): Place {
  const context = event.payload['context'];
  if (!isJsonObject(context)) {
    return session;
  }
  const location = isJsonObject(context['location']) ? context['location'] : {};
  return {
    country: session.country || placeName(location['country']),
    region: session.region || placeName(location['region']),
    city: session.city || placeName(location['city']),
    timeZone: session.timeZone || placeName(context['timezone']),
  };
}

function placeName(value: Json | undefined): string {
  if (typeof value !== 'string') {
    return '';
  }
  return value.length <= MOST_PLACE ? value : [...value].slice(0, MOST_PLACE).join('');
}
