import type { Labels } from '../labels.ts';

/** What a part of a message may do and needs to know. */
export interface PartContext {
  readonly labels: Labels;
  /** `ko` or `en`. */
  readonly locale: string;
  /** The visitor followed the message. @param action Index of the button, `coupon` or `html`. */
  readonly onClicked: (action: string) => void;
  /** The visitor wants it gone. */
  readonly onDismissed: () => void;
  /** The message is done with: close it without calling that a dismissal. */
  readonly onFollowed: () => void;
  /** Says something to screen readers. */
  readonly announce: (text: string) => void;
  /** Runs when the message leaves the page. */
  readonly onGone: (cleanUp: () => void) => void;
}
