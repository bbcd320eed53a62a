import type { Json, JsonObject } from '@tenth/model/json.ts';

/** What a value of JSON weighs, and whether it is safe to keep. */
export interface JsonWeight {
  /** Of compact JSON in UTF-8, without what escapes add; above `maxBytes` counting stops. */
  readonly bytes: number;
  readonly isTooDeep: boolean;
  /** Holds a `__proto__` key, a NUL, half a surrogate pair or an infinity: see `cleanObject`. */
  readonly isDirty: boolean;
}

export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

/** What PostgreSQL and UTF-8 cannot hold. */
export const UNSTORABLE = /[\0\ud800-\udfff]/u;

/** Chars below which a short loop beats a call into native code. */
const SHORT_CHARS = 24;

/** Weighs a value in one walk that never goes deeper, nor counts further, than the limits. */
export function weighJson(value: Json, limits: JsonLimits): JsonWeight {
  const state = { bytes: 0, isTooDeep: false, isDirty: false };
  walk(value, 1, state, limits);
  return state;
}

interface WalkState {
  bytes: number;
  isTooDeep: boolean;
  isDirty: boolean;
}

function walk(value: Json, depth: number, state: WalkState, limits: JsonLimits): void {
  switch (typeof value) {
    case 'string':
      weighText(value, state, limits);
      return;
    case 'number':
      // `1e999` is JSON, and parses to Infinity.
      state.isDirty ||= !Number.isFinite(value);
      state.bytes += Number.isInteger(value) && value >= 0 && value < 10 ? 1 : `${value}`.length;
      return;
    case 'boolean':
      state.bytes += value ? 4 : 5;
      return;
    default:
      walkContainer(value, depth, state, limits);
  }
}

function walkContainer(
  value: Exclude<Json, string | number | boolean>,
  depth: number,
  state: WalkState,
  limits: JsonLimits,
): void {
  if (value === null) {
    state.bytes += 4;
    return;
  }
  state.bytes += 2;
  if (depth > limits.maxDepth) {
    state.isTooDeep = true;
    return;
  }
  if (isJsonArray(value)) {
    for (const item of value) {
      walk(item, depth + 1, state, limits);
      if (state.isTooDeep || state.bytes > limits.maxBytes) {
        return;
      }
    }
    state.bytes += Math.max(0, value.length - 1);
    return;
  }
  let commas = -1;
  for (const key in value) {
    walkEntry(key, value, depth, state, limits);
    commas += 1;
    if (state.isTooDeep || state.bytes > limits.maxBytes) {
      return;
    }
  }
  state.bytes += Math.max(0, commas);
}

function walkEntry(
  key: string,
  object: JsonObject,
  depth: number,
  state: WalkState,
  limits: JsonLimits,
): void {
  if (key === '__proto__') {
    state.isDirty = true;
  }
  weighText(key, state, limits);
  state.bytes += 1;
  // Parsed JSON has own keys only, so `for … in` meets nothing else, and each has a value.
  walk(object[key] ?? null, depth + 1, state, limits);
}

function isJsonArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function weighText(text: string, state: WalkState, limits: JsonLimits): void {
  const { length } = text;
  if (length > SHORT_CHARS) {
    // A string over the limit is not looked at: its event is refused anyway.
    state.bytes += length > limits.maxBytes ? length : Buffer.byteLength(text) + 2;
    state.isDirty ||= length <= limits.maxBytes && UNSTORABLE.test(text);
    return;
  }
  let bytes = length + 2;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) {
      bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
      if (code >= 0xd800 && code <= 0xdfff && !state.isDirty) {
        state.isDirty = UNSTORABLE.test(text);
      }
    } else if (code === 0) {
      state.isDirty = true;
    }
  }
  state.bytes += bytes;
}
