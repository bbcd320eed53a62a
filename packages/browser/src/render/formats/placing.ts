import type { Drawing } from '../drawing.ts';

/** How a format gets its drawing onto the page. */
export interface Placing {
  /**
   * @param onDrawn Hears when it is on the page: at once, or when an inline message's place turns up.
   */
  put(drawing: Drawing, onDrawn: () => void): void;
  /**
   * Takes it away, and gives back what it had taken: focus, the placement's own content.
   *
   * @param onGone Hears when nothing of it is left on the page: after it has faded out.
   */
  take(drawing: Drawing, onGone: () => void): void;
}
