import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';

/** The figure of everybody of whom it is known. */
export interface Figures {
  /**
   * For each share, the figure that this share of people stays below or reaches; shares ascend from 0, the
   * least, to 1, the greatest. An empty list where nobody has a figure.
   */
  quantiles(shares: readonly number[]): readonly number[];
}

export type FiguresOf = (workspaceId: WorkspaceId, measure: NumberMeasure) => Promise<Figures>;
