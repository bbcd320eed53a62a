import type { ShopProduct } from '../shop-product.ts';
import { announceChange, readStored, writeStored } from './browser-store.ts';

const place = 'yeolmae.compare';
const mostProducts = 4;

export function comparedProducts(): readonly ShopProduct[] {
  const stored = readStored(place);
  return Array.isArray(stored) ? stored : [];
}

/** @returns Whether the product is on the list now; a fifth one pushes the oldest out. */
export function toggleCompared(product: ShopProduct): boolean {
  const before = comparedProducts();
  const without = before.filter((one) => one.id !== product.id);
  const isAdded = without.length === before.length;
  writeStored(place, isAdded ? [...without, product].slice(-mostProducts) : without);
  announceChange();
  return isAdded;
}
