import type { DrawingEvents } from '../drawing.ts';
import { leave } from './leave.ts';
import type { Placing } from './placing.ts';

const FOCUSABLE = 'a[href]:not([tabindex="-1"]), button, iframe';

/** Tab goes round inside. The native dialog keeps it off the page, but lets it out to the browser's bar. */
function keepFocusInside(dialog: HTMLDialogElement, press: KeyboardEvent): void {
  if (press.key !== 'Tab') {
    return;
  }
  const stops = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const active = (dialog.getRootNode() as ShadowRoot).activeElement;
  const from = press.shiftKey ? stops[0] : stops.at(-1);
  const to = press.shiftKey ? stops.at(-1) : stops[0];
  if (to === undefined || active === from || (press.shiftKey && active === dialog)) {
    press.preventDefault();
    to?.focus();
  }
}

/** The page behind stands still, without a style on the shop's own elements. */
function holdScroll(dialog: HTMLDialogElement): void {
  const hold = (scroll: Event) => {
    const card = dialog.querySelector('.card');
    const isScrollable = card !== null && card.scrollHeight > card.clientHeight;
    if (!isScrollable || !card.contains(scroll.target as Node)) {
      scroll.preventDefault();
    }
  };
  dialog.addEventListener('wheel', hold, { passive: false });
  dialog.addEventListener('touchmove', hold, { passive: false });
}

/** Modal and full screen: a native dialog, which is above every z-index of the shop. */
export function overlayPlacing(
  events: Pick<DrawingEvents, 'onDismissed'>,
  fillsPhone: boolean,
): Placing {
  let isTaken = false;
  return {
    put({ host, root }, onDrawn) {
      const dialog = root as HTMLDialogElement;
      dialog.classList.toggle('fills-phone', fillsPhone);
      host.classList.add('floating');
      // Beside the body, where pages that swap their body's content do not take it along.
      document.documentElement.append(host);
      dialog.addEventListener('cancel', (cancel) => {
        cancel.preventDefault();
        events.onDismissed();
      });
      // The back gesture of a phone closes a dialog without asking when it is made twice.
      dialog.addEventListener('close', () => {
        if (!isTaken) {
          events.onDismissed();
        }
      });
      dialog.addEventListener('keydown', (press) => {
        keepFocusInside(dialog, press);
        // The shop's own shortcuts must not act on keys meant for the message.
        press.stopPropagation();
      });
      dialog.addEventListener('click', (click) => {
        if (click.target === dialog) {
          events.onDismissed();
        }
      });
      holdScroll(dialog);
      dialog.showModal();
      dialog.focus();
      onDrawn();
    },
    take({ host, root }, onGone) {
      isTaken = true;
      leave(root, () => {
        // Closing, not removing, is what returns the focus to where it was.
        (root as HTMLDialogElement).close();
        host.remove();
        onGone();
      });
    },
  };
}
