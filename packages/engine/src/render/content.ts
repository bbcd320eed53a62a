import type { Content, RenderedContent } from '@tenth/model/content.ts';
import { type Locale, type LocalizedText, pickText } from '@tenth/model/locale.ts';
import { type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import { DefinitionError } from '../plan/definition-error.ts';
import { type CompiledTemplate, compileTemplate } from './liquid.ts';
import { RenderError } from './render-error.ts';
import { safeUrl } from './safe-url.ts';

type Renderer = (view: object, locale: Locale, now: EpochMs) => RenderedContent;

/**
 * Compiles a variant's content in every language it has.
 *
 * @throws {DefinitionError} A template does not parse; the path leads to it.
 */
export function compileContent(content: Content, path: string, fallback: Locale): Renderer {
  const at = (key: string) => `${path}.${key}`;
  const title = optional(content.title, at('title'), fallback);
  const body = optional(content.body, at('body'), fallback);
  const html = optional(content.html, at('html'), fallback, 'html');
  const image = content.image && {
    url: localized(content.image.url, at('image.url'), fallback),
    alt: localized(content.image.alt, at('image.alt'), fallback),
  };
  const actions = content.actions?.map((action, index) => ({
    label: localized(action.label, at(`actions[${index}].label`), fallback),
    url: optional(action.url, at(`actions[${index}].url`), fallback),
    style: action.style,
  }));
  const couponLabel = optional(content.coupon?.label, at('coupon.label'), fallback);
  const countdownLabel = optional(content.countdown?.label, at('countdown.label'), fallback);
  const progressLabel = optional(content.progress?.label, at('progress.label'), fallback);
  const progressValue =
    content.progress && parse(content.progress.value, at('progress.value'), 'text');

  return (view, locale, now) => {
    const say = (text: Localized | undefined) => text?.(view, locale);
    return {
      locale,
      ...part('title', say(title)),
      ...part('body', say(body)),
      ...part('html', say(html)),
      ...part('htmlHeightPx', content.htmlHeightPx),
      ...(image && {
        image: { url: safeUrl(image.url(view, locale)), alt: image.alt(view, locale) },
      }),
      ...(actions && {
        actions: actions.map(({ label, url, style }) => ({
          label: label(view, locale),
          style,
          ...(url && { url: safeUrl(url(view, locale)) }),
        })),
      }),
      ...(content.coupon && {
        coupon: { code: content.coupon.code, ...part('label', say(couponLabel)) },
      }),
      ...(content.countdown && {
        countdown: {
          endsAt: now + content.countdown.minutes * MINUTE_MS,
          ...part('label', say(countdownLabel)),
        },
      }),
      ...(content.progress &&
        progressValue && {
          progress: {
            value: numberFrom(progressValue.render(view)),
            max: content.progress.max,
            ...part('label', say(progressLabel)),
          },
        }),
    };
  };
}

type Localized = (view: object, locale: Locale) => string;

function localized(
  text: LocalizedText,
  path: string,
  fallback: Locale,
  kind: 'text' | 'html' = 'text',
): Localized {
  const templates = {
    ko: parse(pickText(text, 'ko', fallback), path, kind),
    en: parse(pickText(text, 'en', fallback), path, kind),
  };
  return (view, locale) => templates[locale].render(view);
}

function optional(
  text: LocalizedText | undefined,
  path: string,
  fallback: Locale,
  kind: 'text' | 'html' = 'text',
): Localized | undefined {
  return text === undefined ? undefined : localized(text, path, fallback, kind);
}

function parse(source: string, path: string, kind: 'text' | 'html'): CompiledTemplate {
  try {
    return compileTemplate(source, kind);
  } catch (cause) {
    throw new DefinitionError(path, cause instanceof Error ? cause.message : String(cause));
  }
}

/** `{ [key]: value }`, or nothing where there is no value. */
function part<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [K in Key]?: Value } {
  // A computed key widens to string, so the compiler cannot see that it is Key.
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}

function numberFrom(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) {
    throw new RenderError('the progress value is not a number');
  }
  return value;
}
