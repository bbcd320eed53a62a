import { Problem } from '@tenth/model/problem.ts';

/** The list with an item put in the place of the one with its id, or at the end. */
export function withItem<Item extends { readonly id: string }>(
  items: readonly Item[],
  item: Item,
): Item[] {
  return items.some(({ id }) => id === item.id)
    ? items.map((other) => (other.id === item.id ? item : other))
    : [...items, item];
}

export function withoutItem<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
): Item[] {
  return items.filter((item) => item.id !== id);
}

/** @throws {Problem} body-invalid */
export function requireSameId(inPath: string, inBody: string): void {
  if (inPath !== inBody) {
    throw new Problem('body-invalid', `The address says ${inPath}; say the same here.`, 'id');
  }
}
