import type { RenderedContent } from '@tenth/model/content.ts';
import { element } from '../element.ts';
import type { PartContext } from './part-context.ts';
import { timeLeft } from './time-left.ts';

type Countdown = NonNullable<RenderedContent['countdown']>;

/** A clock that runs down. Screen readers may read it, but are not interrupted each second. */
export function countdown({ endsAt, label }: Countdown, context: PartContext): HTMLElement {
  const days = element('b', { class: 'days' });
  const digits = context.labels.units.map(() => element('b'));
  const clock = element('span', { class: 'clock', role: 'timer', 'aria-live': 'off' }, days);
  digits.forEach((digit, index) => {
    clock.append(digit, element('i', {}, context.labels.units[index]));
  });
  const part = element(
    'div',
    { class: 'countdown' },
    label !== undefined && element('span', { class: 'countdown-label' }, label),
    clock,
  );

  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    const left = timeLeft(endsAt, Date.now());
    if (left === undefined) {
      clearInterval(timer);
      clock.replaceChildren(context.labels.ended);
      part.classList.add('ended');
      return;
    }
    days.textContent = left.days > 0 ? context.labels.days(left.days) : '';
    days.hidden = left.days === 0;
    digits.forEach((digit, index) => {
      digit.textContent = left.clock[index] ?? '';
    });
  };
  timer = setInterval(tick, 1_000);
  context.onGone(() => clearInterval(timer));
  tick();
  return part;
}
