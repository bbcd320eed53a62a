import type { RenderedContent } from '@tenth/model/content.ts';
import { element, icon } from '../element.ts';
import type { PartContext } from './part-context.ts';

type Coupon = NonNullable<RenderedContent['coupon']>;

const SHOWN_MS = 2_400;
const COPY_ICON = 'M9 9h10v10H9zM5 15V5h10';
const DONE_ICON = 'M5 12.5l4.5 4.5L19 7.5';

/** Where the clipboard is refused (http, in-app browsers), the old way still works from a click. */
function copyBySelection(code: string, nearby: Element): boolean {
  const field = element('textarea', {
    class: 'visually-hidden',
    readonly: '',
    'aria-hidden': 'true',
  });
  field.value = code;
  nearby.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}

async function copy(code: string, nearby: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(code);
    return true;
  } catch {
    return copyBySelection(code, nearby);
  }
}

/** A ticket with the code and a button that copies it and says so. */
export function coupon({ code, label }: Coupon, context: PartContext): HTMLElement {
  const caption = element('span', {}, context.labels.copy);
  const button = element(
    'button',
    { type: 'button', class: 'copy', 'aria-label': `${context.labels.copy}: ${code}` },
    icon(COPY_ICON),
    caption,
  );
  const ticket = element(
    'div',
    { class: 'coupon' },
    element(
      'div',
      { class: 'ticket' },
      element('span', { class: 'coupon-label' }, label ?? context.labels.coupon),
      element('code', {}, code),
    ),
    button,
  );
  let isFirst = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  context.onGone(() => clearTimeout(timer));
  button.addEventListener('click', () => {
    copy(code, ticket).then(
      (isCopied) => {
        if (!isCopied) {
          return;
        }
        button.focus();
        button.classList.add('done');
        button.firstChild?.replaceWith(icon(DONE_ICON));
        caption.textContent = context.labels.copied;
        context.announce(context.labels.copied);
        if (isFirst) {
          context.onClicked('coupon');
          isFirst = false;
        }
        clearTimeout(timer);
        timer = setTimeout(() => {
          button.classList.remove('done');
          button.firstChild?.replaceWith(icon(COPY_ICON));
          caption.textContent = context.labels.copy;
        }, SHOWN_MS);
      },
      () => undefined, // Not copied: the code stands there to be read.
    );
  });
  return ticket;
}
