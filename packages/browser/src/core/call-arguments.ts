/** What analytics.js accepts as the last object of a call. */
export interface CallOptions {
  readonly context?: Readonly<Record<string, unknown>>;
  readonly integrations?: unknown;
  readonly timestamp?: string | number | Date;
  readonly anonymousId?: string;
  readonly messageId?: string;
}

export interface CallArguments {
  /** The leading names or ids; a number counts as its digits, null and undefined as left out. */
  readonly texts: readonly (string | undefined)[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly options: CallOptions;
  readonly callback: (() => void) | undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/**
 * Sorts out the argument forms of analytics.js: every argument may be left out, and a function in
 * any place is the callback.
 *
 * @param maxTexts How many strings the call takes at its start: 1 for track, 2 for page and alias.
 */
export function readArguments(args: readonly unknown[], maxTexts: number): CallArguments {
  const texts: (string | undefined)[] = [];
  const objects: unknown[] = [];
  let callback: (() => void) | undefined;
  for (const arg of args) {
    if (typeof arg === 'function') {
      callback = arg as () => void;
    } else if (texts.length < maxTexts && objects.length === 0 && typeof arg !== 'object') {
      texts.push(arg === undefined ? undefined : String(arg));
    } else if (texts.length < maxTexts && objects.length === 0 && arg === null) {
      texts.push(undefined);
    } else {
      objects.push(arg);
    }
  }
  return { texts, fields: asRecord(objects[0]), options: asRecord(objects[1]), callback };
}
