import type { RenderedContent } from '@tenth/model/content.ts';
import type { BrandTokens } from '@tenth/model/workspace.ts';
import { card, TITLE_ID } from './card.ts';
import type { Message } from './decision-guard.ts';
import { element } from './element.ts';
import { labelsFor } from './labels.ts';
import type { PartContext } from './parts/part-context.ts';
import { styleSheets } from './style-sheets.ts';

export interface DrawingEvents {
  readonly onClicked: (action: string) => void;
  readonly onDismissed: () => void;
  readonly onFollowed: () => void;
}

/** One message's element, with a closed shadow root: the shop's scripts and styles stay out. */
export interface Drawing {
  readonly host: HTMLElement;
  /** The outermost element inside, which a format shows its own way. */
  readonly root: HTMLElement;
  fill(content: RenderedContent): void;
  /** Stops what runs inside; the format takes the element off the page. */
  end(): void;
}

/** Puts the old share in first, so that the bar is seen to grow. */
function growFrom(oldShare: string | undefined, root: HTMLElement): void {
  const fill = root.querySelector<HTMLElement>('.fill');
  const share = fill?.style.getPropertyValue('--share');
  if (fill && oldShare !== undefined && share !== undefined && share !== oldShare) {
    fill.style.setProperty('--share', oldShare);
    fill.getBoundingClientRect(); // Lays out now: without it both values would be one change.
    fill.style.setProperty('--share', share);
  }
}

export function createDrawing(
  message: Message,
  look: { readonly brand: BrandTokens; readonly mayBeDark: boolean },
  events: DrawingEvents,
): Drawing {
  const { kind } = message.format;
  const isBar = kind === 'top_bar' || kind === 'bottom_bar';
  const isDialog = kind === 'modal' || kind === 'full_screen';
  const host = element('div', { 'data-tenth-decision': message.decisionId, class: kind });
  const shadow = host.attachShadow({ mode: 'closed' });
  shadow.adoptedStyleSheets = styleSheets(look.brand, look.mayBeDark);
  const root = isDialog
    ? element('dialog', { 'aria-modal': 'true', tabindex: '-1' })
    : element(
        'section',
        isBar ? { role: 'status' } : kind === 'slide_in' ? { role: 'dialog' } : {},
      );
  root.classList.add('root', kind);
  const speech = element('div', { class: 'visually-hidden', role: 'status' });
  shadow.append(root);

  let cleanUps: (() => void)[] = [];
  const stopParts = () => {
    for (const cleanUp of cleanUps) {
      cleanUp();
    }
    cleanUps = [];
  };

  return {
    host,
    root,
    fill(content) {
      const labels = labelsFor(content.locale);
      const context: PartContext = {
        ...events,
        labels,
        locale: content.locale,
        announce: (text) => {
          speech.textContent = text;
        },
        onGone: (cleanUp) => cleanUps.push(cleanUp),
      };
      const hadFocus = root.contains(shadow.activeElement) && shadow.activeElement !== root;
      const oldShare = root.querySelector<HTMLElement>('.fill')?.style.getPropertyValue('--share');
      stopParts();
      root.lang = content.locale;
      root.replaceChildren(
        card(content, context, { isClosable: kind !== 'inline', titleTag: isBar ? 'p' : 'h2' }),
        speech,
      );
      const isTitled = content.title !== undefined && content.html === undefined;
      root.toggleAttribute('aria-labelledby', false);
      root.toggleAttribute('aria-label', false);
      root.setAttribute(
        isTitled ? 'aria-labelledby' : 'aria-label',
        isTitled ? TITLE_ID : labels.message,
      );
      growFrom(oldShare, root);
      if (hadFocus) {
        root.querySelector<HTMLElement>('.action, .close')?.focus();
      }
    },
    end: stopParts,
  };
}
