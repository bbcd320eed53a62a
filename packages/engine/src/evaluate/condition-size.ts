/** Groups within groups, what is referred to included. */
export const MOST_LEVELS = 12;
/** Leaves of one definition, with those of what it refers to, as often as it does. */
export const MOST_LEAVES = 500;

export interface Size {
  readonly leaves: number;
  readonly levels: number;
}

/** Several conditions as one; what has none counts as one condition. */
export function sizeOf(parts: readonly Size[]): Size {
  return {
    leaves: Math.max(
      1,
      parts.reduce((sum, { leaves }) => sum + leaves, 0),
    ),
    levels: Math.max(1, ...parts.map(({ levels }) => levels)),
  };
}
