import type { RenderedContent } from '@tenth/model/content.ts';
import { element } from '../element.ts';
import { safeUrl } from '../safe-url.ts';
import type { PartContext } from './part-context.ts';

type Actions = NonNullable<RenderedContent['actions']>;

/** Buttons: a link where there is an address, else one that closes. An unsafe address makes no link. */
export function actions(all: Actions, context: PartContext): HTMLElement | undefined {
  const buttons = all.map(({ label, url, style }, index) => {
    const kind = style === 'secondary' ? 'secondary' : 'primary';
    if (url === undefined) {
      const button = element('button', { type: 'button', class: `action ${kind}` }, label);
      button.addEventListener('click', context.onDismissed);
      return button;
    }
    const href = safeUrl(url, document.baseURI);
    if (href === undefined) {
      return undefined;
    }
    const link = element('a', { href, class: `action ${kind}` }, label);
    link.addEventListener('click', () => {
      context.onClicked(String(index));
      context.onFollowed();
    });
    return link;
  });
  return buttons.some(Boolean) ? element('div', { class: 'actions' }, ...buttons) : undefined;
}
