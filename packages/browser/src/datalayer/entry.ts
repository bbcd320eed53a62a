type Loose = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/**
 * Reads one entry of the data layer: `push({event, ecommerce})` as tag managers write it, or the
 * `arguments` of `gtag('event', name, params)`. Everything else (`config`, `consent`, page
 * variables) is `undefined`.
 */
export function readEntry(entry: unknown): { name: string; params: Loose } | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  if (entry[0] === 'event' && typeof entry[1] === 'string') {
    return { name: entry[1], params: isRecord(entry[2]) ? entry[2] : {} };
  }
  if (typeof entry.event === 'string') {
    // Some shops leave out `ecommerce` and put the parameters beside the event's name.
    return { name: entry.event, params: isRecord(entry.ecommerce) ? entry.ecommerce : entry };
  }
  return undefined;
}
