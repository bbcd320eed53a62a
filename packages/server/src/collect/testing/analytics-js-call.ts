import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';

/** A call of analytics.js as the specification's pages show it. */
export interface AnalyticsJsCall {
  readonly method: string;
  readonly args: readonly Json[];
}

/** Options that analytics.js sets on the message itself; all others go into its context. */
const TOP_LEVEL = new Set(['anonymousId', 'userId', 'timestamp', 'messageId', 'integrations']);

/** The message analytics.js sends for a call, in a browser whose anonymousId is `ajs-anonymous`. */
export function toMessage({ method, args }: AnalyticsJsCall): JsonObject {
  const base = { type: method, anonymousId: 'ajs-anonymous' };
  const texts = args.filter((arg) => typeof arg === 'string');
  const [first, second] = args.filter(isJsonObject);
  switch (method) {
    case 'track':
      // `track({event, properties})` is the form of the server libraries: a message as it is.
      return texts.length === 0
        ? { ...base, ...first }
        : withOptions({ ...base, event: texts[0] ?? '', properties: first ?? {} }, second);
    case 'page': {
      const [name, category] = [texts.at(-1), texts.length > 1 ? texts[0] : undefined];
      const named = { ...(name === undefined ? {} : { name }), ...(category ? { category } : {}) };
      return withOptions({ ...base, ...named, properties: { ...first, ...named } }, second);
    }
    case 'identify':
      return withOptions({ ...base, ...idOf('userId', texts[0]), traits: first ?? {} }, second);
    case 'group':
      return withOptions({ ...base, ...idOf('groupId', texts[0]), traits: first ?? {} }, second);
    default:
      return { ...base, userId: texts[0] ?? '', previousId: texts[1] ?? 'ajs-anonymous' };
  }
}

function idOf(field: string, id: Json | undefined): JsonObject {
  return id === undefined ? {} : { [field]: id };
}

function withOptions(message: JsonObject, options: JsonObject = {}): JsonObject {
  const entries = Object.entries(options);
  const given = isJsonObject(options.context) ? options.context : {};
  const rest = entries.filter(([key]) => !TOP_LEVEL.has(key) && key !== 'context');
  const context = { ...given, ...Object.fromEntries(rest) };
  return {
    ...message,
    ...Object.fromEntries(entries.filter(([key]) => TOP_LEVEL.has(key))),
    ...(Object.keys(context).length === 0 ? {} : { context }),
  };
}
