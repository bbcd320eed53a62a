import { unreachable } from '@tenth/model/brand.ts';
import type { Campaign, Trigger } from '@tenth/model/campaign.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { describeEvent, describeFilters } from './describe-event.ts';
import { formatAmount } from './format-value.ts';
import { nameEventType, quote, sentenceCase } from './names.ts';

function lasting(seconds: number, locale: Locale): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts =
    locale === 'ko'
      ? [minutes > 0 ? `${minutes}분` : '', rest > 0 ? `${rest}초` : '']
      : [minutes > 0 ? `${minutes} min` : '', rest > 0 ? `${rest} s` : ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** The moment at which a campaign starts, as a phrase: `페이지에 30초 머물 때`. */
export function describeTrigger(trigger: Trigger, locale: Locale): string {
  const isKorean = locale === 'ko';
  switch (trigger.kind) {
    case 'event': {
      const { event } = trigger;
      if (event.type === 'page' && event.name === undefined && event.where === undefined) {
        return isKorean ? '페이지를 열 때' : 'a page is opened';
      }
      if (event.type !== 'track' && event.name === undefined && event.where === undefined) {
        const name = nameEventType(event.type, locale);
        return isKorean ? `${name} 때` : `on ${name}`;
      }
      if (!isKorean) {
        return `on ${describeEvent(event, locale)}`;
      }
      return event.type === 'track'
        ? `${describeEvent(event, locale)} 이벤트가 일어날 때`
        : `${describeEvent(event, locale)} 때`;
    }
    case 'page_count':
      return isKorean
        ? `한 번 방문해 ${trigger.pages}번째 페이지를 볼 때`
        : `page ${trigger.pages} of the visit is opened`;
    case 'cart_band': {
      const from = formatAmount(trigger.from, trigger.currency, locale);
      const to = formatAmount(trigger.to, trigger.currency, locale);
      return isKorean
        ? `장바구니 금액이 ${from} 이상 ${to} 미만이 될 때`
        : `the cart total is from ${from} to under ${to}`;
    }
    case 'time_on_page':
      return isKorean
        ? `페이지에 ${lasting(trigger.seconds, locale)} 머물 때`
        : `${lasting(trigger.seconds, locale)} spent on a page`;
    case 'scroll_depth':
      return isKorean
        ? `페이지를 ${trigger.percent}%까지 내릴 때`
        : `a page is scrolled to ${trigger.percent}%`;
    case 'exit_intent':
      return isKorean ? '페이지를 떠나려 할 때' : 'about to leave the page';
    case 'silence':
      return isKorean
        ? `${lasting(trigger.seconds, locale)} 동안 아무 동작이 없을 때`
        : `nothing done for ${lasting(trigger.seconds, locale)}`;
    case 'element_seen':
      return isKorean
        ? `화면에 ${quote(trigger.selector, locale)} 요소가 보일 때`
        : `element ${quote(trigger.selector, locale)} comes into view`;
    case 'element_clicked':
      return isKorean
        ? `${quote(trigger.selector, locale)} 요소를 누를 때`
        : `element ${quote(trigger.selector, locale)} is clicked`;
    default:
      return unreachable(trigger);
  }
}

/** The trigger with the filters that its event must pass as well. */
export function describeMoment(
  campaign: Pick<Campaign, 'trigger' | 'triggerFilters'>,
  locale: Locale,
): string {
  const moment = describeTrigger(campaign.trigger, locale);
  const filters = campaign.triggerFilters ?? [];
  return sentenceCase(
    filters.length === 0 ? moment : `${moment} (${describeFilters(filters, locale)})`,
  );
}
