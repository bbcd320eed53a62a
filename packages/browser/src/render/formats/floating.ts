import type { Drawing, DrawingEvents } from '../drawing.ts';
import { leave } from './leave.ts';
import type { Placing } from './placing.ts';

/**
 * A bar at the top lies in the page's flow, above the shop's header, when nobody is in the middle
 * of reading and the body stacks its children; otherwise it floats over the page.
 */
function fitsInFlow(): boolean {
  return scrollY === 0 && getComputedStyle(document.body).display === 'block';
}

function fadeOut({ host, root }: Drawing, onGone: () => void): void {
  leave(root, () => {
    host.remove();
    onGone();
  });
}

export function topBarPlacing(): Placing {
  return {
    put({ host }, onDrawn) {
      host.classList.add('floating');
      if (fitsInFlow()) {
        host.classList.add('in-flow');
        document.body.prepend(host);
      } else {
        document.documentElement.append(host);
      }
      onDrawn();
    },
    take: fadeOut,
  };
}

export function bottomBarPlacing(): Placing {
  return {
    put({ host }, onDrawn) {
      host.classList.add('floating');
      document.documentElement.append(host);
      onDrawn();
    },
    take: fadeOut,
  };
}

/** A card in a corner. It takes no focus: the visitor goes on shopping, and Escape sends it away. */
export function slideInPlacing(
  events: Pick<DrawingEvents, 'onDismissed'>,
  corner: 'bottom_right' | 'bottom_left',
): Placing {
  const onKey = (press: KeyboardEvent) => {
    if (press.key === 'Escape' && !press.defaultPrevented) {
      events.onDismissed();
    }
  };
  return {
    put({ host }, onDrawn) {
      host.classList.add('floating', corner);
      document.documentElement.append(host);
      document.addEventListener('keydown', onKey);
      onDrawn();
    },
    take(drawing, onGone) {
      document.removeEventListener('keydown', onKey);
      fadeOut(drawing, onGone);
    },
  };
}
