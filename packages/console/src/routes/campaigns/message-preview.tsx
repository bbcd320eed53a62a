import type { Content, Format } from '@tenth/model/content.ts';
import { type Locale, type LocalizedText, pickText } from '@tenth/model/locale.ts';
import type { BrandTokens } from '@tenth/model/workspace.ts';
import type { CSSProperties } from 'react';
import { useWorkspace } from '../../frame/workspace-context.tsx';
import styles from './message-preview.module.css';
import { templateParts } from './template-parts.ts';

const places: Readonly<Record<Format['kind'], string>> = {
  modal: 'center',
  full_screen: 'full',
  top_bar: 'top',
  bottom_bar: 'bottom',
  slide_in: 'right',
  inline: 'center',
};

function brandStyle(brand: BrandTokens): CSSProperties {
  return {
    '--primary': brand.primary,
    '--on-primary': brand.onPrimary,
    '--surface': brand.surface,
    '--on-surface': brand.onSurface,
    '--radius': `${brand.radiusPx}px`,
  } as CSSProperties;
}

/** Roughly how a message looks, in the workspace's colours, with its templates not filled in. */
export function MessagePreview({
  format,
  content,
  locale,
}: {
  readonly format: Format;
  readonly content: Content;
  readonly locale: Locale;
}) {
  const { settings } = useWorkspace();
  const place =
    format.kind === 'slide_in' && format.corner === 'bottom_left' ? 'left' : places[format.kind];
  const text = (given: LocalizedText) => (
    <Template text={pickText(given, locale, settings.locale)} />
  );
  if (content.html !== undefined) {
    return (
      <iframe
        title="HTML"
        sandbox=""
        srcDoc={pickText(content.html, locale, settings.locale)}
        style={{
          width: '100%',
          height: content.htmlHeightPx ?? 320,
          border: 0,
          background: '#fff',
        }}
      />
    );
  }
  return (
    <div className={styles.stage} data-place={place} style={brandStyle(settings.brand)}>
      <div className={styles.message}>
        {content.image === undefined ? null : (
          <div className={styles.image}>{text(content.image.alt)}</div>
        )}
        {content.title === undefined ? null : (
          <div className={styles.title}>{text(content.title)}</div>
        )}
        {content.body === undefined ? null : (
          <div className={styles.body}>{text(content.body)}</div>
        )}
        {content.progress?.label === undefined ? null : (
          <div className={styles.small}>{text(content.progress.label)}</div>
        )}
        {content.coupon === undefined ? null : (
          <div className={styles.coupon}>{content.coupon.code}</div>
        )}
        {content.countdown?.label === undefined ? null : (
          <div className={styles.small}>{text(content.countdown.label)}</div>
        )}
        {content.actions === undefined ? null : (
          <div className={styles.actions}>
            {content.actions.map((action) => (
              <span
                key={JSON.stringify(action)}
                className={styles.action}
                data-style={action.style}
              >
                {text(action.label)}
              </span>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function Template({ text }: { readonly text: string }) {
  return templateParts(text).map((part, at) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
      <span key={at} className={styles.slot}>
        {part.text}
      </span>
    ),
  );
}
