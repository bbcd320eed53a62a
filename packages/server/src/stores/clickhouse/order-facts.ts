import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json';

/** What an Order Completed event says about money and pieces. */
export interface OrderFacts {
  /** In units of the currency, 0 where the event names none. */
  readonly total: number;
  readonly pieces: number;
}

const MAX_PIECES = 1_000_000;

/**
 * Reads an order's total (Segment's `total`, else `revenue`, else `value`, else the sum over its
 * products) and its number of pieces (a product without a quantity counts once).
 */
export function readOrderFacts(properties: JsonObject): OrderFacts {
  const products = Array.isArray(properties.products)
    ? properties.products.filter(isJsonObject)
    : [];
  let sum = 0;
  let pieces = 0;
  for (const product of products) {
    const quantity = readNumber(product.quantity) ?? 1;
    if (quantity > 0) {
      pieces += quantity;
      sum += quantity * (readNumber(product.price) ?? 0);
    }
  }
  const stated =
    readNumber(properties.total) ?? readNumber(properties.revenue) ?? readNumber(properties.value);
  return { total: stated ?? sum, pieces: Math.min(Math.round(pieces), MAX_PIECES) };
}

/** Shops send amounts as numbers and as texts of numbers. */
function readNumber(value: Json | undefined): number | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)) {
    return Number(value);
  }
  return undefined;
}
