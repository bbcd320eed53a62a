import type { Format } from '@tenth/model/content.ts';
import type { DrawingEvents } from '../drawing.ts';
import { bottomBarPlacing, slideInPlacing, topBarPlacing } from './floating.ts';
import { inlinePlacing, placeSelector } from './inline.ts';
import { overlayPlacing } from './overlay.ts';
import type { Placing } from './placing.ts';

export function placingFor(format: Format, events: DrawingEvents): Placing {
  switch (format.kind) {
    case 'modal':
      return overlayPlacing(events, format.fullScreenOnPhones);
    case 'full_screen':
      return overlayPlacing(events, false);
    case 'top_bar':
      return topBarPlacing();
    case 'bottom_bar':
      return bottomBarPlacing();
    case 'slide_in':
      return slideInPlacing(events, format.corner);
    case 'inline':
      return inlinePlacing(format);
  }
}

/** Messages of one slot are shown one after the other: all overlays share one, each edge and place has its own. */
export function slotOf(format: Format): string {
  switch (format.kind) {
    case 'modal':
    case 'full_screen':
    case 'slide_in':
      return 'overlay';
    case 'top_bar':
    case 'bottom_bar':
      return format.kind;
    case 'inline':
      return `inline ${placeSelector(format)} ${format.position}`;
  }
}
