import { type Html, html } from '../html.ts';
import { find } from './page-data.ts';

let timer: ReturnType<typeof setTimeout> | undefined;

/** A short note at the lower edge, read out by screen readers, gone after four seconds. */
export function toast(
  text: string,
  link?: { readonly href: string; readonly label: string },
): void {
  const place = find('[data-toast]');
  if (place === null) {
    return;
  }
  const note: Html = html`<span>${text}</span>${link !== undefined && html`<a href="${link.href}">${link.label}</a>`}`;
  place.innerHTML = note.text;
  place.classList.add('on');
  clearTimeout(timer);
  timer = setTimeout(() => place.classList.remove('on'), 4_000);
}
