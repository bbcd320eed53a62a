import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { collectLimits } from '../limits.ts';
import { cleanObject } from './clean-json.ts';
import { weighJson } from './json-weight.ts';
import type { Envelope } from './read-envelope.ts';
import { Refusal } from './refusal.ts';

export const TOO_DEEP = new Refusal('', `is nested deeper than ${collectLimits.maxDepth} levels`);
export const TOO_LARGE = new Refusal('', 'is over 32 KB');
const NOT_AN_OBJECT = new Refusal('', 'must be an object');
const CONTEXT_NOT_AN_OBJECT = new Refusal('context', 'must be an object');

const weightLimits = {
  maxBytes: collectLimits.maxEventBytes,
  maxDepth: collectLimits.maxDepth,
};

/** One message that is small, flat and clean enough to read, with the batch's context merged in. */
export interface Message {
  readonly fields: JsonObject;
  readonly context: JsonObject;
}

const NO_CONTEXT: JsonObject = {};

export function admitMessage(raw: Json, envelope: Envelope): Message | Refusal {
  if (!isJsonObject(raw)) {
    return NOT_AN_OBJECT;
  }
  const weight = weighJson(raw, weightLimits);
  if (weight.isTooDeep) {
    return TOO_DEEP;
  }
  if (weight.bytes + envelope.sharedBytes > collectLimits.maxEventBytes) {
    return TOO_LARGE;
  }
  const own = withoutWriteKey(weight.isDirty ? cleanObject(raw) : raw);
  const context = mergeContext(own.context, envelope.context);
  if (context instanceof Refusal) {
    return context;
  }
  const { integrations } = envelope;
  if (integrations === undefined && context === own.context) {
    return { fields: own, context };
  }
  const ownIntegrations = isJsonObject(own.integrations) ? own.integrations : {};
  return {
    fields: {
      ...own,
      ...(context === NO_CONTEXT ? {} : { context }),
      ...(integrations === undefined
        ? {}
        : { integrations: { ...integrations, ...ownIntegrations } }),
    },
    context,
  };
}

function withoutWriteKey(message: JsonObject): JsonObject {
  if (message.writeKey === undefined) {
    return message;
  }
  const { writeKey: _, ...rest } = message;
  return rest;
}

function mergeContext(own: Json | undefined, shared: JsonObject | undefined): JsonObject | Refusal {
  if (own === undefined || own === null) {
    return shared ?? NO_CONTEXT;
  }
  if (!isJsonObject(own)) {
    return CONTEXT_NOT_AN_OBJECT;
  }
  return shared === undefined ? own : { ...shared, ...own };
}
