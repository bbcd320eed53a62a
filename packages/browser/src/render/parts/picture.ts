import type { RenderedContent } from '@tenth/model/content.ts';
import { element } from '../element.ts';
import { safeImageUrl, safeUrl } from '../safe-url.ts';
import type { PartContext } from './part-context.ts';

/**
 * The image; where the first button leads somewhere, the image leads there too, as shoppers expect
 * of a banner. The button is the one for keyboard and screen reader. A picture that cannot be
 * loaded takes no room.
 */
export function picture(content: RenderedContent, context: PartContext): HTMLElement | undefined {
  const src = content.image && safeImageUrl(content.image.url, document.baseURI);
  if (!content.image || src === undefined) {
    return undefined;
  }
  const image = element('img', { src, alt: content.image.alt, decoding: 'async' });
  const target = content.actions?.find((action) => action.url !== undefined)?.url;
  const href = target === undefined ? undefined : safeUrl(target, document.baseURI);
  const frame = element(
    href === undefined ? 'div' : 'a',
    href === undefined ? { class: 'picture' } : { class: 'picture', href, tabindex: '-1' },
    image,
  );
  if (href !== undefined) {
    frame.addEventListener('click', () => {
      context.onClicked('image');
      context.onFollowed();
    });
  }
  image.addEventListener('error', () => frame.remove());
  return frame;
}
