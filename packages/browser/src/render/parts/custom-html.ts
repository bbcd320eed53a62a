import { element } from '../element.ts';
import type { PartContext } from './part-context.ts';

const DEFAULT_HEIGHT_PX = 320;

/**
 * The marketer's own HTML, in a frame of an origin of its own: its scripts run, but reach neither
 * the shop's page nor its cookies. `allow-same-origin` must never be added.
 *
 * The frame may say `parent.postMessage({tenth: 'click'}, '*')` to count as followed, and
 * `'close'` to be dismissed. Nothing else it says is heard.
 */
export function customHtml(
  html: { readonly source: string; readonly heightPx: number | undefined },
  context: PartContext,
): HTMLElement {
  const frame = element('iframe', {
    class: 'custom',
    sandbox: 'allow-scripts allow-popups allow-popups-to-escape-sandbox',
    referrerpolicy: 'no-referrer',
    title: context.labels.message,
    srcdoc: html.source,
  });
  frame.style.setProperty('height', `${html.heightPx ?? DEFAULT_HEIGHT_PX}px`);
  const listen = (message: MessageEvent<unknown>) => {
    if (message.source !== frame.contentWindow || message.source === null) {
      return;
    }
    const said = (message.data as { tenth?: unknown } | null | undefined)?.tenth;
    if (said === 'click') {
      context.onClicked('html');
    } else if (said === 'close') {
      context.onDismissed();
    }
  };
  addEventListener('message', listen);
  context.onGone(() => removeEventListener('message', listen));
  return frame;
}
