import type { Feature, FeatureHost } from '../core/feature.ts';
import { readEntry } from './entry.ts';
import { translateGa4 } from './ga4-translation.ts';

declare global {
  interface Window {
    dataLayer?: unknown;
  }
}

/** The chunk that listens to what the shop already tells Google, so that it need not be told twice. */
export function start(host: FeatureHost): Feature {
  let isOn = false;
  let isTapped = false;
  const orders = new Set<string>();

  function takeOver(entry: unknown): void {
    const read = isOn ? readEntry(entry) : undefined;
    if (read === undefined) {
      return;
    }
    for (const { event, properties } of translateGa4(read.name, read.params)) {
      const orderId = event === 'Order Completed' ? properties.order_id : undefined;
      if (orderId === undefined) {
        host.track(event, properties);
      } else if (!orders.has(String(orderId))) {
        orders.add(String(orderId));
        // A thank-you page that is loaded again says the same purchase again: the server drops the
        // second by this id.
        host.track(event, properties, `ga4-purchase-${orderId}`.slice(0, 100));
      }
    }
  }

  function guardedTakeOver(entry: unknown): void {
    try {
      takeOver(entry);
    } catch (problem) {
      host.report(problem);
    }
  }

  function tap(): void {
    const layer: unknown = window.dataLayer ?? [];
    if (!Array.isArray(layer)) {
      // The shop's own thing of that name: replaced, it would be missing there.
      host.report('window.dataLayer is no array');
      return;
    }
    isTapped = true;
    window.dataLayer = layer;
    layer.forEach(guardedTakeOver);
    const { push } = layer;
    layer.push = function (this: unknown[], ...entries) {
      const result = push.apply(this, entries);
      entries.forEach(guardedTakeOver);
      return result;
    };
  }

  return {
    receive({ settings }) {
      isOn = (settings as { takeOverDataLayer?: unknown }).takeOverDataLayer === true;
      if (isOn && !isTapped) {
        tap();
      }
    },
    onPage: () => undefined,
    onReset: () => undefined,
    stop() {
      isOn = false;
    },
  };
}
