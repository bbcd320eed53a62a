import type { RenderedContent } from '@tenth/model/content.ts';
import { element, icon } from './element.ts';
import { actions } from './parts/actions.ts';
import { countdown } from './parts/countdown.ts';
import { coupon } from './parts/coupon.ts';
import { customHtml } from './parts/custom-html.ts';
import type { PartContext } from './parts/part-context.ts';
import { picture } from './parts/picture.ts';
import { progress } from './parts/progress.ts';

const CLOSE_ICON = 'M6 6l12 12M18 6L6 18';

export const TITLE_ID = 'title';

function closeButton(context: PartContext): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'close', 'aria-label': context.labels.close },
    icon(CLOSE_ICON),
  );
  button.addEventListener('click', context.onDismissed);
  return button;
}

/**
 * The inside of a message: its parts in reading order, the same for every format. Only the style
 * sheet knows how a bar differs from a modal.
 */
export function card(
  content: RenderedContent,
  context: PartContext,
  options: { readonly isClosable: boolean; readonly titleTag: 'h2' | 'p' },
): HTMLElement {
  const close = options.isClosable && closeButton(context);
  if (content.html !== undefined) {
    const frame = customHtml({ source: content.html, heightPx: content.htmlHeightPx }, context);
    return element('div', { class: 'card custom-only' }, frame, close);
  }
  const image = picture(content, context);
  const main = element(
    'div',
    { class: 'main' },
    content.title !== undefined &&
      element(options.titleTag, { class: 'title', id: TITLE_ID }, content.title),
    content.body !== undefined && element('p', { class: 'body' }, content.body),
    content.coupon && coupon(content.coupon, context),
    content.countdown && countdown(content.countdown, context),
    content.progress && progress(content.progress, context),
    content.actions && actions(content.actions, context),
  );
  const made = element('div', { class: image ? 'card pictured' : 'card' }, image, main, close);
  image?.querySelector('img')?.addEventListener('error', () => made.classList.remove('pictured'));
  return made;
}
