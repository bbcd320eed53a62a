import { cartQuantity, cartTotalMinor } from '@tenth/engine/reduce/cart.ts';
import { commerce, type SiteEvent } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import type {
  EventEnrichment,
  LoggedDecision,
  LoggedEvent,
  LogRecord,
} from '@tenth/model/log-record.ts';
import { readCurrency } from '@tenth/model/money.ts';
import type { Cart } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { readOrderFacts } from './order-facts.ts';
import type { DecisionRow, EventRow, PersonLinkRow } from './rows.ts';

export interface LogRows {
  readonly events: readonly EventRow[];
  readonly decisions: readonly PlacedDecision[];
  readonly personLinks: readonly PersonLinkRow[];
}

export interface PlacedDecision {
  /** Of the event that it answers, among the record's events. */
  readonly place: number;
  readonly row: DecisionRow;
}

/** The rows of one log record. Pure. */
export function toRows(record: LogRecord): LogRows {
  const placeByMessage = new Map<string, number>();
  const events = record.events.map((logged, place) => {
    if (record.decisions.length > 0) {
      placeByMessage.set(logged.event.messageId, place);
    }
    return toEventRow(logged, record.workspaceId);
  });
  const decisions = record.decisions.map((decision) => {
    const place = placeByMessage.get(decision.messageId) ?? 0;
    const isBot = record.events[place]?.event.isBot ?? false;
    return { place, row: toDecisionRow(decision, record.workspaceId, isBot) };
  });
  const personLinks = record.personLinks.map((link) => ({
    workspace_id: record.workspaceId,
    profile_id: link.profileId,
    person_id: link.personId,
    version: link.version,
  }));
  return { events, decisions, personLinks };
}

function toEventRow(logged: LoggedEvent, workspaceId: string): EventRow {
  const { event, session, facts, run } = logged;
  const { properties, page } = event;
  const isOrder = event.type === 'track' && event.name === commerce.orderCompleted;
  const order = isOrder ? readOrderFacts(properties) : undefined;
  return {
    workspace_id: workspaceId,
    message_id: event.messageId,
    type: event.type,
    event: event.type === 'track' ? event.name : event.type,
    name: event.name,
    profile_id: logged.profileId,
    anonymous_id: event.anonymousId ?? '',
    user_id: event.userId ?? '',
    session_id: session?.id ?? '',
    session_started_at: toDateTime(session?.startedAt ?? 0),
    session_last_at: toDateTime(session?.lastAt ?? 0),
    session_pages: session?.pages ?? 0,
    session_device: session?.device ?? '',
    session_os: session?.os ?? '',
    session_browser: session?.browser ?? '',
    country: session?.country ?? '',
    region: session?.region ?? '',
    city: session?.city ?? '',
    time_zone: session?.timeZone ?? '',
    timestamp: toDateTime(event.at),
    received_at: toDateTime(event.receivedAt),
    is_bot: event.isBot,
    is_member: logged.isMember,
    is_new_visitor: logged.isNewVisitor,
    channel: session?.channel ?? event.arrival.channel,
    source: session?.source ?? event.arrival.source,
    medium: session?.medium ?? event.arrival.medium,
    campaign: session?.campaign ?? event.arrival.campaign,
    content: session?.content ?? event.arrival.content,
    keyword: session?.keyword ?? event.arrival.keyword,
    referrer_host: session?.referrerHost ?? event.arrival.referrerHost,
    landing_path: session?.landingPath ?? '',
    landing_category: session?.landingCategory ?? '',
    device_type: event.device.type,
    os: event.device.os,
    browser: event.device.browser,
    locale: event.locale,
    page_url: page?.url ?? '',
    page_path: page?.path ?? '',
    page_title: page?.title ?? '',
    page_category: page?.category ?? '',
    page_name: page?.name ?? '',
    product_id: readId(properties.product_id),
    order_id: readId(properties.order_id) || readId(properties.orderId),
    decision_id: readId(properties.decision_id),
    value: order?.total ?? 0,
    pieces: order?.pieces ?? 0,
    currency: readCurrency(properties.currency) ?? '',
    order_key: facts?.order?.id ?? '',
    order_minor: facts?.order?.totalMinor ?? 0,
    order_currency: facts?.order?.currency ?? '',
    cart_currency: facts?.cart.currency ?? '',
    cart_minor: facts === undefined ? 0 : cartTotalMinor(facts.cart),
    cart_quantity: facts === undefined ? 0 : cartQuantity(facts.cart),
    cart_items: facts === undefined ? '' : cartItems(facts.cart),
    interest_keys: facts?.interests?.keys ?? [],
    interest_weight: facts?.interests?.weight ?? 0,
    decide_at: run?.decideAt ?? 0,
    plan_version: run?.planVersion ?? 0,
    is_first: run?.isFirst ?? false,
    absorbed_id: run?.absorbed ?? '',
    payload: toJson(event.payload),
    enrichment: toJson(toEnrichment(event)),
    trace: logged.trace === undefined ? '' : toJson(logged.trace),
  };
}

/** `[[id, name, category, brand], …]`; empty for an empty cart. */
function cartItems({ items }: Cart): string {
  const list = Object.entries(items).map(([id, item]) => [
    id,
    item.name,
    item.category,
    item.brand,
  ]);
  return list.length === 0 ? '' : toJson(list);
}

function toDecisionRow(decision: LoggedDecision, workspaceId: string, isBot: boolean): DecisionRow {
  return {
    workspace_id: workspaceId,
    decision_id: decision.decisionId,
    campaign_id: decision.campaignId,
    variant_id: decision.variantId,
    arm: decision.arm,
    probability: decision.probability,
    plan_version: decision.planVersion,
    at: toDateTime(decision.at),
    message_id: decision.messageId,
    profile_id: decision.profileId,
    session_id: decision.sessionId,
    is_crossed_over: decision.isCrossedOver,
    is_bot: isBot,
  };
}

/** What neither `payload` nor another column says of the event; `restoreEvent` puts them together again. */
function toEnrichment(event: SiteEvent): EventEnrichment {
  const { payload, properties, traits, page } = event;
  return {
    at: event.at,
    receivedAt: event.receivedAt,
    previousId: event.previousId,
    arrival: event.arrival,
    consent: event.consent,
    isVerified: event.isVerified,
    properties: sameAsSent(properties, payload.properties) ? undefined : properties,
    traits: sameAsSent(traits, payload.traits) ? undefined : traits,
    page: page?.url === '' ? page : undefined,
  };
}

function sameAsSent(read: JsonObject, sent: Json | undefined): boolean {
  return read === sent || (!isJsonObject(sent) && Object.keys(read).length === 0);
}

function readId(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : '';
}

/** 2100-01-01: far enough for any clock, and within what each ClickHouse date function can take. */
const LATEST_MS = 4_102_444_800_000;

/** Seconds since 1970, or a date. */
function toDateTime(at: EpochMs): string {
  const bounded = Math.min(Math.max(Math.round(at), 0), LATEST_MS);
  return bounded < SHORT_MS
    ? new Date(bounded).toISOString().replace('T', ' ').slice(0, -1)
    : (bounded / 1_000).toFixed(3);
}

/** ClickHouse reads fewer than ten digits of seconds as something else; such times are rare. */
const SHORT_MS = 1_000_000_000_000;

/**
 * JSON that ClickHouse's own functions can read: over half of an escaped surrogate pair (`\ud800`), which
 * any page can send, they give up on the whole text. Such halves become U+FFFD.
 */
function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Whole pairs are written as themselves: an escaped surrogate is a half, or part of somebody's text.
  return /\\ud[89a-f]/.test(text)
    ? text.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\\ufffd')
    : text;
}
