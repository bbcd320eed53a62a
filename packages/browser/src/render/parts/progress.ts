import type { RenderedContent } from '@tenth/model/content.ts';
import { element } from '../element.ts';
import type { PartContext } from './part-context.ts';

type Progress = NonNullable<RenderedContent['progress']>;

/** How far to the goal: the free-shipping bar. */
export function progress({ value, max, label }: Progress, context: PartContext): HTMLElement {
  const reached = Math.min(Math.max(value, 0), max);
  const number = new Intl.NumberFormat(context.locale, { maximumFractionDigits: 2 });
  const fill = element('span', { class: 'fill' });
  // Through the object model: a style attribute would need the page's CSP to allow it.
  fill.style.setProperty('--share', String(reached / max));
  return element(
    'div',
    { class: reached === max ? 'progress full' : 'progress' },
    label !== undefined && element('span', { class: 'progress-label' }, label),
    element(
      'span',
      {
        class: 'track',
        role: 'progressbar',
        'aria-valuemin': '0',
        'aria-valuemax': String(max),
        'aria-valuenow': String(reached),
        'aria-valuetext': context.labels.progress(number.format(reached), number.format(max)),
        'aria-label': label ?? context.labels.message,
      },
      fill,
    ),
  );
}
