import { type EventType, eventTypes, isSegmentEvent } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { collectLimits } from '../limits.ts';
import { readIdentifier } from './read-identifier.ts';
import { Refusal } from './refusal.ts';

/** Who did what: the part of a message that Segment's specification demands. */
export interface MessageFacts {
  readonly type: EventType;
  readonly name: string;
  readonly anonymousId: string | undefined;
  readonly userId: string | undefined;
  readonly previousId: string | undefined;
  /** Empty where the client gave none. */
  readonly messageId: string;
  readonly properties: JsonObject;
  readonly traits: JsonObject;
}

const NOTHING: JsonObject = {};
const types: ReadonlyMap<Json | undefined, EventType> = new Map(
  eventTypes.map((type) => [type, type]),
);

/** @param endpointType The endpoint's type, which outranks the message's; `undefined` in a batch. */
export function readFacts(
  fields: JsonObject,
  endpointType: EventType | undefined,
): MessageFacts | Refusal {
  // `action` is the type's old name, still used by some of Segment's own examples.
  const type = endpointType ?? types.get(fields.type ?? fields.action);
  if (type === undefined) {
    return new Refusal('type', `must be one of ${eventTypes.join(', ')}`);
  }
  const ids = readIds(fields, type);
  if (ids instanceof Refusal) {
    return ids;
  }
  const messageId = readMessageId(fields.messageId);
  if (messageId instanceof Refusal) {
    return messageId;
  }
  const properties = readObject(fields, 'properties');
  if (properties instanceof Refusal) {
    return properties;
  }
  const traits = readObject(fields, 'traits');
  if (traits instanceof Refusal) {
    return traits;
  }
  const name = readName(fields, type, properties);
  if (name instanceof Refusal) {
    return name;
  }
  const isAboutTraits = type === 'identify' || type === 'group';
  const { anonymousId, userId, previousId } = ids;
  return {
    type,
    name,
    anonymousId,
    userId,
    previousId,
    messageId,
    properties,
    traits: isAboutTraits ? traits : NOTHING,
  };
}

function readIds(
  fields: JsonObject,
  type: EventType,
): Pick<MessageFacts, 'anonymousId' | 'userId' | 'previousId'> | Refusal {
  // The snake-case spellings are Segment's own of old; its e-mail events still have them.
  const userId = readIdentifier(fields.userId ?? fields.user_id, 'userId');
  if (userId instanceof Refusal) {
    return userId;
  }
  const anonymousId = readIdentifier(fields.anonymousId ?? fields.anonymous_id, 'anonymousId');
  if (anonymousId instanceof Refusal) {
    return anonymousId;
  }
  if (userId === undefined && anonymousId === undefined) {
    return new Refusal('userId', 'give a userId or an anonymousId that stands for one person');
  }
  if (type === 'group') {
    const groupId = readIdentifier(fields.groupId ?? fields.group_id, 'groupId');
    return groupId instanceof Refusal
      ? groupId
      : groupId === undefined
        ? new Refusal('groupId', 'group needs a groupId')
        : { anonymousId, userId, previousId: undefined };
  }
  return type === 'alias'
    ? readAlias(fields, userId, anonymousId)
    : { anonymousId, userId, previousId: undefined };
}

function readAlias(
  fields: JsonObject,
  userId: string | undefined,
  anonymousId: string | undefined,
): Pick<MessageFacts, 'anonymousId' | 'userId' | 'previousId'> | Refusal {
  const previousId = readIdentifier(fields.previousId ?? fields.previous_id, 'previousId');
  if (previousId instanceof Refusal) {
    return previousId;
  }
  if (previousId === undefined) {
    return new Refusal('previousId', 'alias needs a previousId');
  }
  if (userId === undefined) {
    return new Refusal('userId', 'alias needs a userId');
  }
  return { anonymousId, userId, previousId };
}

function readMessageId(value: Json | undefined): string | Refusal {
  if (value === undefined || value === null) {
    return '';
  }
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    return new Refusal('messageId', 'must be a string');
  }
  if (text.length > collectLimits.maxMessageIdChars) {
    const limit = collectLimits.maxMessageIdChars;
    return new Refusal('messageId', `must have at most ${limit} characters`);
  }
  return text;
}

function readObject(fields: JsonObject, field: 'properties' | 'traits'): JsonObject | Refusal {
  const value = fields[field];
  if (value === undefined || value === null) {
    return NOTHING;
  }
  return isJsonObject(value) ? value : new Refusal(field, 'must be an object');
}

function readName(fields: JsonObject, type: EventType, properties: JsonObject): string | Refusal {
  if (type === 'track') {
    const { event } = fields;
    if (typeof event !== 'string' || event.trim() === '') {
      return new Refusal('event', 'track needs the name of the event');
    }
    return isSegmentEvent({ type, name: event })
      ? new Refusal('event', `${event} is told by Tenth itself; name yours otherwise`)
      : checkLength(event, 'event');
  }
  if (type !== 'page' && type !== 'screen') {
    return '';
  }
  const name = fields.name ?? properties.name;
  return typeof name === 'string' ? checkLength(name, 'name') : '';
}

function checkLength(name: string, field: string): string | Refusal {
  const limit = collectLimits.maxNameChars;
  return name.length > limit ? new Refusal(field, `must have at most ${limit} characters`) : name;
}
