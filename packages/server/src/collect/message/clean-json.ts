import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';

const UNSTORABLE_ALL = /[\0\ud800-\udfff]/gu;

/**
 * A copy that every store can hold and no code trips over: keys called `__proto__` are left out,
 * NUL and halves of surrogate pairs become U+FFFD, and numbers too large for JavaScript null, as
 * JSON writes them. The caller has checked the depth.
 */
export function cleanObject(object: JsonObject): JsonObject {
  const entries = Object.entries(object)
    .filter(([key]) => key !== '__proto__')
    .map(([key, value]): [string, Json] => [cleanText(key), cleanJson(value)]);
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
}

function cleanJson(value: Json): Json {
  if (typeof value === 'string') {
    return cleanText(value);
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : null;
  }
  if (Array.isArray(value)) {
    return value.map(cleanJson);
  }
  return isJsonObject(value) ? cleanObject(value) : value;
}

function cleanText(text: string): string {
  return text.replace(UNSTORABLE_ALL, '\ufffd');
}
