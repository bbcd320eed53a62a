import type { Format } from '@tenth/model/content.ts';
import { findPlace } from './find-place.ts';
import type { Placing } from './placing.ts';

type Inline = Extract<Format, { kind: 'inline' }>;

export function placeSelector(format: Inline): string {
  return format.placement === undefined
    ? (format.selector ?? '')
    : `[data-tenth-placement="${CSS.escape(format.placement)}"]`;
}

/** Shadow roots given to placements: an element takes one for life, so it is used again. */
const covers = new WeakMap<Element, ShadowRoot>();

/**
 * Covers the placement's own children instead of removing them: a framework that still holds them
 * would fail on its next render. A shadow root hides them, a slot shows them again.
 *
 * @returns Gives the placement back.
 */
function replace(place: Element, host: HTMLElement): () => void {
  try {
    const cover = covers.get(place) ?? place.attachShadow({ mode: 'closed' });
    covers.set(place, cover);
    cover.replaceChildren(host);
    return () => {
      if (host.isConnected) {
        cover.replaceChildren(document.createElement('slot'));
      }
    };
  } catch {
    // An image, a list, a custom element: these take no shadow root of ours, so it stands beside.
    const target = place as HTMLElement;
    const { display } = target.style;
    target.style.setProperty('display', 'none', 'important');
    target.after(host);
    return () => {
      target.style.display = display;
      host.remove();
    };
  }
}

function insert(place: Element, host: HTMLElement, position: Inline['position']): () => void {
  if (position === 'replace') {
    return replace(place, host);
  }
  place[position](host);
  return () => host.remove();
}

/** A message in the page's own flow, at a place the shop marked or the marketer chose. */
export function inlinePlacing(format: Inline): Placing {
  let stopWaiting: () => void = () => undefined;
  let giveBack: () => void = () => undefined;
  return {
    put({ host }, onDrawn) {
      stopWaiting = findPlace(placeSelector(format), (place) => {
        giveBack = insert(place, host, format.position);
        onDrawn();
      });
    },
    take(_drawing, onGone) {
      stopWaiting();
      giveBack();
      onGone();
    },
  };
}
