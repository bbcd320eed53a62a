import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import type { Message } from '../message/admit-message.ts';
import { readIdentifier } from '../message/read-identifier.ts';
import { withoutPaths } from './without-paths.ts';

/** What of a message does not come in, or comes in as a pseudonym. */
export interface Minimisation {
  readonly isPseudonymous: boolean;
  /** Paths such as `page.referrer`. */
  readonly dropped: {
    readonly properties: readonly string[];
    readonly traits: readonly string[];
    readonly context: readonly string[];
  };
}

/** What stands for a text that names somebody. The same text, the same pseudonym. */
export type PseudonymOf = (text: string) => string;

const ID_FIELDS = [
  ...['userId', 'user_id', 'anonymousId', 'anonymous_id'],
  ...['previousId', 'previous_id', 'groupId', 'group_id'],
];

/** Keys whose values are an address or a number, wherever they stand. */
const EMAIL_KEY = /^(?:e[-_]?mail)/i;
const PHONE_KEY = /^(?:phone|mobile|tel|cell)/i;
const IP_KEY = /^(?:client_?|remote_?)?ip(?:_?address)?$/i;
/**
 * Also as part of an address of the web. A long row of letters is searched from its first alone, or by 64
 * at a time (RFC 5321: the longest name of a mailbox) where another address ends within it: searched from
 * each, a text of 32 KB would take seconds.
 */
const EMAIL = /(?:(?<![\w.+-])[\w.+-]+|[\w.+-]{1,64})(?:@|%40)[a-z\d-]+(?:\.[a-z\d-]+)+/gi;
/** Korean mobile numbers, in either notation. */
const PHONE = /(?<!\d)(?:\+?82[-\s]?|0)1[016789][-\s]?\d{3,4}[-\s]?\d{4}(?!\d)/g;
/** Below this, a text may be part of many others by chance. */
const LEAST_NAME_CHARS = 6;

/**
 * A message less what the workspace does not want to hold. In pseudonymous mode ids, e-mail addresses and
 * phone numbers become pseudonyms wherever they stand, and network addresses go. Pure.
 *
 * @param ip Of the request, wherever the message repeats it.
 */
export function minimiseMessage(
  message: Message,
  { isPseudonymous, dropped }: Minimisation,
  { pseudonymOf, ip }: { readonly pseudonymOf: PseudonymOf; readonly ip: string },
): Message {
  const fields = withoutDropped(message.fields, message.context, dropped);
  if (!isPseudonymous) {
    return { fields, context: contextOf(fields) };
  }
  const names = namesOf(fields);
  const rewrite = rewriter({ names, pseudonymOf, ip });
  const minimised: Record<string, Json> = {};
  for (const [key, value] of Object.entries(fields)) {
    minimised[key] = ID_FIELDS.includes(key) ? pseudonymousId(value, pseudonymOf) : rewrite(value);
  }
  return { fields: minimised, context: contextOf(minimised) };
}

function withoutDropped(
  fields: JsonObject,
  context: JsonObject,
  dropped: Minimisation['dropped'],
): JsonObject {
  const { properties, traits } = fields;
  const kept = withoutPaths(context, dropped.context);
  const ofContext = isJsonObject(kept.traits)
    ? { ...kept, traits: withoutPaths(kept.traits, dropped.traits) }
    : kept;
  return {
    ...fields,
    ...(Object.keys(context).length === 0 ? {} : { context: ofContext }),
    ...(isJsonObject(properties)
      ? { properties: withoutPaths(properties, dropped.properties) }
      : {}),
    ...(isJsonObject(traits) ? { traits: withoutPaths(traits, dropped.traits) } : {}),
  };
}

const NO_CONTEXT: JsonObject = {};

function contextOf({ context }: JsonObject): JsonObject {
  return isJsonObject(context) ? context : NO_CONTEXT;
}

/** What names the person of this message: to be found in its other texts, too. */
function namesOf(fields: JsonObject): readonly string[] {
  return ID_FIELDS.map((field) => readIdentifier(fields[field], field))
    .filter((id) => typeof id === 'string')
    .filter((id) => id.length >= LEAST_NAME_CHARS);
}

/** A value that stands for nobody, or is none, is left for the reader to refuse. */
function pseudonymousId(value: Json | undefined, pseudonymOf: PseudonymOf): Json {
  const id = readIdentifier(value, '');
  return typeof id === 'string' ? pseudonymOf(id) : (value ?? null);
}

function rewriter({
  names,
  pseudonymOf,
  ip,
}: {
  readonly names: readonly string[];
  readonly pseudonymOf: PseudonymOf;
  readonly ip: string;
}): (value: Json) => Json {
  const ofEmail = (text: string) => pseudonymOf(text.trim().toLowerCase().replace('%40', '@'));
  const ofPhone = (text: string) => pseudonymOf(text.replaceAll(/\D/g, '').replace(/^82/, '0'));
  const text = (value: string): string => {
    let rewritten = value;
    for (const name of names) {
      rewritten = rewritten.replaceAll(name, () => pseudonymOf(name));
    }
    rewritten = rewritten.replaceAll(EMAIL, ofEmail).replaceAll(PHONE, ofPhone);
    return ip === '' ? rewritten : rewritten.replaceAll(ip, '');
  };
  const named = (key: string, value: Json): Json | undefined => {
    if (IP_KEY.test(key)) {
      return undefined;
    }
    const isText = typeof value === 'string' || typeof value === 'number';
    if (isText && value !== '' && EMAIL_KEY.test(key)) {
      return ofEmail(String(value));
    }
    return isText && value !== '' && PHONE_KEY.test(key) ? ofPhone(String(value)) : rewrite(value);
  };
  const rewrite = (value: Json): Json => {
    if (typeof value === 'string') {
      return text(value);
    }
    if (Array.isArray(value)) {
      return value.map(rewrite);
    }
    if (!isJsonObject(value)) {
      return value;
    }
    const object: Record<string, Json> = {};
    for (const [key, inner] of Object.entries(value)) {
      const rewritten = named(key, inner);
      if (rewritten !== undefined) {
        object[key] = rewritten;
      }
    }
    return object;
  };
  return rewrite;
}
