import type { RenderedContent } from '@tenth/model/content.ts';
import type { Decision } from '@tenth/model/decision.ts';

/** A message to be drawn: `show` and `update` without the difference between them. */
export type Message = Omit<
  Extract<Decision, { action: 'show' }>,
  'action' | 'messageId' | 'staysOverPages'
>;

type Loose = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isMissingOr = (value: unknown, holds: (value: unknown) => boolean) =>
  value === undefined || holds(value);

const FORMATS = ['modal', 'full_screen', 'top_bar', 'bottom_bar', 'slide_in', 'inline'];

function isFormat(value: unknown): boolean {
  return (
    isRecord(value) &&
    FORMATS.includes(value.kind as string) &&
    (value.kind !== 'inline' || isText(value.placement) || isText(value.selector))
  );
}

/** One check a part; `keyof` makes the compiler ask for the check of a part that is new. */
const parts: Readonly<Record<keyof RenderedContent, (value: unknown) => boolean>> = {
  locale: isText,
  title: (title) => isMissingOr(title, isText),
  body: (body) => isMissingOr(body, isText),
  image: (image) => isMissingOr(image, (it) => isRecord(it) && isText(it.url) && isText(it.alt)),
  actions: (actions) =>
    isMissingOr(
      actions,
      (all) =>
        Array.isArray(all) &&
        all.every((it) => isRecord(it) && isText(it.label) && isMissingOr(it.url, isText)),
    ),
  coupon: (coupon) =>
    isMissingOr(coupon, (it) => isRecord(it) && isText(it.code) && isMissingOr(it.label, isText)),
  countdown: (countdown) =>
    isMissingOr(
      countdown,
      (it) => isRecord(it) && isNumber(it.endsAt) && isMissingOr(it.label, isText),
    ),
  progress: (progress) =>
    isMissingOr(
      progress,
      (it) =>
        isRecord(it) &&
        isNumber(it.value) &&
        isNumber(it.max) &&
        it.max > 0 &&
        isMissingOr(it.label, isText),
    ),
  html: (html) => isMissingOr(html, isText),
  htmlHeightPx: (height) => isMissingOr(height, isNumber),
};

function isContent(value: unknown): boolean {
  return isRecord(value) && Object.entries(parts).every(([part, isRight]) => isRight(value[part]));
}

/**
 * Lets through what the renderers can draw. Written by hand, because a schema library would weigh
 * more than everything else here; the server's own schema is the authority.
 */
export function isDecision(value: unknown): value is Decision {
  if (!isRecord(value) || !isText(value.decisionId) || !isText(value.campaignId)) {
    return false;
  }
  return value.action === 'withdraw'
    ? true
    : (value.action === 'show' || value.action === 'update') &&
        isText(value.variantId) &&
        isNumber(value.expiresAt) &&
        isFormat(value.format) &&
        isContent(value.content);
}
