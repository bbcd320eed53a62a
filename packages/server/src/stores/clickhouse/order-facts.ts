import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';

/** What an Order Completed event says about money and pieces. */
export interface OrderFacts {
  /** In units of the currency, 0 where the event names none. */
  readonly total: number;
  readonly pieces: number;
}

/**
 * Reads an order as the engine does for the profile (engine/reduce/orders): `total`, else `revenue`,
 * else `value`, else the sum over the products; a product without a quantity is one piece.
 */
export function readOrderFacts(properties: JsonObject): OrderFacts {
  const { products, total, revenue, value } = properties;
  let sum = 0;
  let pieces = 0;
  for (const product of Array.isArray(products) ? products.filter(isJsonObject) : []) {
    const quantity = readNumber(product.quantity) ?? 1;
    pieces += quantity;
    sum += quantity * (readNumber(product.price) ?? 0);
  }
  return { total: readNumber(total) ?? readNumber(revenue) ?? readNumber(value) ?? sum, pieces };
}

/** Shops send amounts as numbers and as texts of numbers. */
function readNumber(value: Json | undefined): number | undefined {
  const isText = typeof value === 'string' && value.trim() !== '';
  const parsed = typeof value === 'number' || isText ? Number(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
}
