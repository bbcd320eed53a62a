import type { RejectedEvent } from '@tenth/model/collect-api.ts';
import type { EventType, SiteEvent } from '@tenth/model/event.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import type { Json, JsonObject } from '@tenth/model/json.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { readArrival } from './arrival/read-arrival.ts';
import { readWebAddress } from './arrival/web-address.ts';
import { type ClientHintHeaders, readHintHeaders } from './device/client-hints.ts';
import { type RequestAgent, readVisitor } from './device/read-visitor.ts';
import { collectLimits } from './limits.ts';
import { admitMessage, type Message, TOO_DEEP, TOO_LARGE } from './message/admit-message.ts';
import { readConsent } from './message/read-consent.ts';
import { type ConsentAnswers, readConsentAnswers } from './message/read-consent-answers.ts';
import { type CollectEndpoint, type Envelope, readEnvelope } from './message/read-envelope.ts';
import { type MessageFacts, readFacts } from './message/read-facts.ts';
import { readPage } from './message/read-page.ts';
import { correctClock, readTime } from './message/read-time.ts';
import { Refusal } from './message/refusal.ts';
import { type Vouched, vouchForUser } from './message/vouch-for-user.ts';
import { minimiseMessage, type PseudonymOf } from './minimise/minimise-message.ts';
import type { CompiledCollectSettings } from './settings.ts';

/** What the HTTP request says besides its body; empty strings for headers that were not sent. */
export interface CollectRequest {
  readonly userAgent: string;
  readonly clientHints: ClientHintHeaders;
  /** Not stored: no event needs an address. In pseudonymous mode, taken out where a message repeats it. */
  readonly ip: string;
  readonly referer: string;
  readonly origin: string;
  /** `Sec-GPC: 1` was sent. */
  readonly gpc: boolean;
}

export interface CollectInput {
  /** Parsed JSON, whatever it is. Not changed; the events share its objects. */
  readonly body: unknown;
  /** `batch`, or the type of the one event in the body. */
  readonly endpoint: CollectEndpoint;
  readonly receivedAt: EpochMs;
  readonly request: CollectRequest;
  readonly settings: CompiledCollectSettings;
  /** True if the hash is the shop's server's signature of the userId. */
  readonly verifyUserHash: (userId: string, hash: string) => boolean;
  /** The sender is the shop's own server: every userId it names counts as signed. */
  readonly isTrusted: boolean;
  /** What stands for an id or an address in pseudonymous mode, which cannot do without. */
  readonly pseudonymOf?: PseudonymOf | undefined;
  /** Called for each event that came without a messageId; 1 to 100 characters. */
  readonly newMessageId: () => string;
  /** Size of the body as it came, unpacked. Without it the body is weighed, which takes longer. */
  readonly rawBytes?: number | undefined;
}

export interface AcceptedEvent {
  /** Place in the batch, from 0. */
  readonly index: number;
  readonly event: SiteEvent;
}

export interface CollectResult {
  readonly accepted: readonly AcceptedEvent[];
  readonly rejected: readonly RejectedEvent[];
  /** Well-formed events of visitors who refused: counted here, and nothing of them is kept. */
  readonly unconsented: number;
  /** Events that answer what the visitor agrees to, the unconsented among them: a no is kept, too. */
  readonly consents: readonly (ConsentAnswers & { readonly event: SiteEvent })[];
  /** Accepted events whose userId was left out, since it came without a valid signature. */
  readonly unsigned: number;
  /** The client asked for decisions. */
  readonly decide: boolean;
  /** The settings the client has; `undefined` where it does not say. */
  readonly settingsVersion: number | undefined;
  /** The body's write key, which is not in any payload. */
  readonly writeKey: string | undefined;
}

interface ReadEvent {
  readonly event: SiteEvent;
  readonly consent: ConsentAnswers | undefined;
  readonly isUnsigned: boolean;
}

/** What all messages of one request share. */
interface Shared {
  readonly input: CollectInput;
  readonly envelope: Envelope;
  readonly endpointType: EventType | undefined;
  readonly agent: RequestAgent;
  readonly requestHost: string;
}

/**
 * A request's body in, events for the engine out. Pure but for `newMessageId`, and synchronous.
 * Each message is read on its own: `accepted`, `rejected` and `unconsented` together are as many as came.
 *
 * @throws {Problem} The request as a whole is refused: `body-invalid`, `batch-too-large`,
 *   `body-too-deep`, `event-too-large` (the last two also for the one event of a single call).
 * @source Segment's HTTP API and common fields; docs of both in fixtures/segment-spec.
 */
export function collectBatch(input: CollectInput): CollectResult {
  const { body, endpoint, request, rawBytes } = input;
  const envelope = readEnvelope({ body, endpoint, rawBytes });
  const shared: Shared = {
    input,
    envelope,
    endpointType: endpoint === 'batch' ? undefined : endpoint,
    agent: { userAgent: request.userAgent, hints: readHintHeaders(request.clientHints) },
    requestHost: (readWebAddress(request.referer) ?? readWebAddress(request.origin))?.host ?? '',
  };
  const accepted: AcceptedEvent[] = [];
  const rejected: RejectedEvent[] = [];
  const consents: CollectResult['consents'][number][] = [];
  let unconsented = 0;
  let unsigned = 0;
  for (const [index, raw] of envelope.messages.entries()) {
    const read = readEvent(raw, shared);
    if (read instanceof Refusal) {
      rejected.push({ index, field: read.field, reason: read.reason });
    } else if (read.event.consent === 'denied') {
      unconsented += 1;
    } else {
      accepted.push({ index, event: read.event });
      unsigned += read.isUnsigned ? 1 : 0;
    }
    if (!(read instanceof Refusal) && read.consent !== undefined) {
      consents.push({ event: read.event, ...read.consent });
    }
  }
  const { decide, settingsVersion, writeKey } = envelope;
  return { accepted, rejected, unconsented, consents, unsigned, decide, settingsVersion, writeKey };
}

function readEvent(raw: Json, shared: Shared): ReadEvent | Refusal {
  const message = admitMessage(raw, shared.envelope);
  if (message instanceof Refusal) {
    refuseSingleCall(message, shared.endpointType);
    return message;
  }
  const facts = readFacts(message.fields, shared.endpointType);
  if (facts instanceof Refusal) {
    return facts;
  }
  const at = readMoment(message.fields, shared);
  if (at instanceof Refusal) {
    return at;
  }
  const { settings, verifyUserHash, isTrusted } = shared.input;
  const vouched = vouchForUser(facts, message.context, {
    isSignedOnly: settings.isSignedOnly,
    verifyUserHash,
    isTrusted,
  });
  if (vouched instanceof Refusal) {
    return vouched;
  }
  const held = minimised(message, facts, vouched, shared);
  if (held instanceof Refusal) {
    return held;
  }
  const event = enrich(held.message, held.facts, { ...held.vouched, at }, shared);
  const consent = readConsentAnswers(held.message.context);
  return { event, consent, isUnsigned: vouched.isUnsigned };
}

interface ReadMessage {
  readonly message: Message;
  readonly facts: MessageFacts;
  readonly vouched: Vouched;
}

function noPseudonyms(): never {
  throw new Error('a pseudonymous workspace needs pseudonyms');
}

/** What the workspace wants to hold of the message. Who vouches for a userId has done so for the real one. */
function minimised(
  message: Message,
  facts: MessageFacts,
  vouched: Vouched,
  { input, endpointType }: Shared,
): ReadMessage | Refusal {
  const { minimisation } = input.settings;
  if (minimisation === undefined) {
    return { message, facts, vouched };
  }
  const { pseudonymOf = noPseudonyms, request } = input;
  const held = minimiseMessage(message, minimisation, { pseudonymOf, ip: request.ip });
  const heldFacts = readFacts(held.fields, endpointType);
  if (heldFacts instanceof Refusal) {
    return heldFacts;
  }
  const userId = vouched.userId === undefined ? undefined : heldFacts.userId;
  return { message: held, facts: heldFacts, vouched: { ...vouched, userId } };
}

/** A single call is its event, so what refuses the one refuses the other. */
function refuseSingleCall(refusal: Refusal, endpointType: EventType | undefined): void {
  if (endpointType === undefined) {
    return;
  }
  if (refusal === TOO_LARGE) {
    throw new Problem('event-too-large', 'Send an event of at most 32 KB.');
  }
  if (refusal === TOO_DEEP) {
    throw new Problem('body-too-deep', `Nest at most ${collectLimits.maxDepth} levels.`);
  }
}

function readMoment(fields: JsonObject, { input, envelope }: Shared): EpochMs | Refusal {
  const sentAt = readTime(fields.sentAt, 'sentAt');
  if (sentAt instanceof Refusal) {
    return sentAt;
  }
  const field = fields.originalTimestamp == null ? 'timestamp' : 'originalTimestamp';
  const originalTimestamp = readTime(fields[field], field);
  if (originalTimestamp instanceof Refusal) {
    return originalTimestamp;
  }
  const { receivedAt } = input;
  return correctClock({ receivedAt, sentAt: sentAt ?? envelope.sentAt, originalTimestamp });
}

function enrich(
  { fields, context }: Message,
  facts: MessageFacts,
  { at, userId, isVerified }: Vouched & { readonly at: EpochMs },
  shared: Shared,
): SiteEvent {
  const { input, agent, requestHost } = shared;
  const { page, referrer } = readPage(facts, fields, context);
  const { device, isBot } = readVisitor(context, agent);
  const pageUrl = page?.url ?? '';
  const { campaign, locale } = context;
  const arrival = readArrival(
    { type: facts.type, pageUrl, referrer, requestHost, campaign, browser: device.browser },
    input.settings,
  );
  return {
    messageId: toMessageId(facts.messageId === '' ? input.newMessageId() : facts.messageId),
    type: facts.type,
    name: facts.name,
    anonymousId: facts.anonymousId,
    userId,
    previousId: facts.previousId,
    at,
    receivedAt: input.receivedAt,
    properties: facts.properties,
    traits: facts.traits,
    page,
    arrival,
    device,
    locale: typeof locale === 'string' ? locale.slice(0, collectLimits.maxLocaleChars) : '',
    isBot,
    consent: readConsent(context, input.request.gpc),
    isVerified,
    payload: withoutUserHash(fields, context),
  };
}

/** The signature holds for ever, so who reads the log must not find it there. */
function withoutUserHash(fields: JsonObject, context: JsonObject): JsonObject {
  if (context.userHash === undefined) {
    return fields;
  }
  const { userHash: _, ...rest } = context;
  return { ...fields, context: rest };
}

function toMessageId(text: string): MessageId {
  // Length and type are what the schema of MessageId asks for; readFacts has checked them, and
  // CollectInput asks the same of newMessageId. Parsing again would cost a tenth of the budget.
  return text as MessageId;
}
