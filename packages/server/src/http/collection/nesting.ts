/** Whether JSON is nested deeper than `levels`. Never goes deeper itself, so no input exhausts the stack. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (levels === 0) {
    return true;
  }
  if (Array.isArray(value)) {
    for (const item of value) {
      if (isDeeperThan(item, levels - 1)) {
        return true;
      }
    }
    return false;
  }
  for (const item of Object.values(value)) {
    if (isDeeperThan(item, levels - 1)) {
      return true;
    }
  }
  return false;
}
