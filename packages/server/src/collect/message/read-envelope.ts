import type { EventType } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { collectLimits } from '../limits.ts';
import { cleanObject } from './clean-json.ts';
import { weighJson } from './json-weight.ts';
import { readTime } from './read-time.ts';
import { Refusal } from './refusal.ts';

export type CollectEndpoint = 'batch' | EventType;

/** A request before its messages are looked at. */
export interface Envelope {
  readonly messages: readonly Json[];
  /** Merged into each message; the message's own keys win. */
  readonly context: JsonObject | undefined;
  readonly integrations: JsonObject | undefined;
  /** What the two above add to each message, in bytes. */
  readonly sharedBytes: number;
  readonly sentAt: EpochMs | undefined;
  readonly decide: boolean;
  readonly settingsVersion: number | undefined;
  readonly writeKey: string | undefined;
}

/** The body's `writeKey`, which names the workspace before anything else is read. */
export function readWriteKey(body: unknown): string | undefined {
  const writeKey = isJsonObject(body) ? body.writeKey : undefined;
  return typeof writeKey === 'string' && writeKey !== '' ? writeKey : undefined;
}

/**
 * @param input.rawBytes Size of the body as it came; weighed here where it is not known.
 * @throws {Problem} `body-invalid`, `body-too-deep`, `batch-too-large`: nothing of the request is taken.
 */
export function readEnvelope(input: {
  readonly body: unknown;
  readonly endpoint: CollectEndpoint;
  readonly rawBytes: number | undefined;
}): Envelope {
  const { body, endpoint } = input;
  if (!isJsonObject(body)) {
    throw new Problem('body-invalid', 'Send one JSON object.');
  }
  if ((input.rawBytes ?? weighBody(body)) > collectLimits.maxBatchBytes) {
    throw new Problem('batch-too-large', 'Send at most 500 KB in one request.');
  }
  const flags = {
    decide: body.decide === true,
    settingsVersion: Number.isSafeInteger(body.settingsVersion)
      ? Number(body.settingsVersion)
      : undefined,
    writeKey: readWriteKey(body),
  };
  if (endpoint === 'batch') {
    return { ...readBatch(body), ...flags };
  }
  const alone = { context: undefined, integrations: undefined, sharedBytes: 0, sentAt: undefined };
  return { messages: [body], ...alone, ...flags };
}

function weighBody(body: JsonObject): number {
  const { maxBatchBytes, maxDepth } = collectLimits;
  // The batch and its array are two levels more. A message that is too deep is refused on its own.
  return weighJson(body, { maxBytes: maxBatchBytes, maxDepth: maxDepth + 2 }).bytes;
}

function readBatch(
  body: JsonObject,
): Pick<Envelope, 'messages' | 'context' | 'integrations' | 'sharedBytes' | 'sentAt'> {
  const { batch } = body;
  if (!Array.isArray(batch)) {
    throw new Problem('body-invalid', 'Send the events as an array.', 'batch');
  }
  if (batch.length > collectLimits.maxBatchEvents) {
    const detail = `Send at most ${collectLimits.maxBatchEvents} events in one batch.`;
    throw new Problem('batch-too-large', detail, 'batch');
  }
  const context = readShared(body, 'context');
  const integrations = readShared(body, 'integrations');
  const sharedBytes = (context?.bytes ?? 0) + (integrations?.bytes ?? 0);
  if (sharedBytes * batch.length > collectLimits.maxMergedBytes) {
    throw new Problem(
      'batch-too-large',
      'The context of the batch is too large for its events.',
      'context',
    );
  }
  const sentAt = readTime(body.sentAt, 'sentAt');
  if (sentAt instanceof Refusal) {
    throw new Problem('body-invalid', `sentAt ${sentAt.reason}.`, 'sentAt');
  }
  return {
    messages: batch,
    context: context?.value,
    integrations: integrations?.value,
    sharedBytes,
    sentAt,
  };
}

function readShared(
  body: JsonObject,
  field: 'context' | 'integrations',
): { readonly value: JsonObject; readonly bytes: number } | undefined {
  const value = body[field];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!isJsonObject(value)) {
    throw new Problem('body-invalid', `Send ${field} as an object.`, field);
  }
  const { maxEventBytes, maxDepth } = collectLimits;
  const weight = weighJson(value, { maxBytes: maxEventBytes, maxDepth: maxDepth - 1 });
  if (weight.isTooDeep) {
    throw new Problem('body-too-deep', `Nest at most ${maxDepth} levels.`, field);
  }
  if (weight.bytes > maxEventBytes) {
    throw new Problem('batch-too-large', `Send ${field} of at most 32 KB.`, field);
  }
  return { value: weight.isDirty ? cleanObject(value) : value, bytes: weight.bytes };
}
