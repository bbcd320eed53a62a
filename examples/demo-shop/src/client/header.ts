import { html } from '../html.ts';
import { onChange } from './browser-store.ts';
import { cartQuantity, readCart } from './cart.ts';
import { comparedProducts } from './compare-list.ts';
import { signedOut } from './events.ts';
import { currentMember, leave } from './member.ts';
import { find } from './page-data.ts';
import { t } from './speech.ts';
import { toast } from './toast.ts';

const signInLink = find('[data-account]')?.innerHTML ?? '';

function showCount(selector: string, count: number): void {
  const badge = find(selector);
  if (badge !== null) {
    badge.textContent = String(count);
    badge.hidden = count === 0;
  }
}

function show(): void {
  showCount('[data-cart-count]', cartQuantity(readCart()));
  showCount('[data-compare-count]', comparedProducts().length);
  const account = find('[data-account]');
  const member = currentMember();
  if (account !== null) {
    account.innerHTML =
      member === undefined
        ? signInLink
        : html`<span class="tool-word tool">${t(`${member.name || '회원'}님`, member.name || 'Member')}</span><button class="tool" data-sign-out>${t('로그아웃', 'Sign out')}</button>`
            .text;
  }
  const guestNote = find('[data-guest-note]');
  if (guestNote !== null) {
    guestNote.hidden = member !== undefined;
  }
}

/** Wipes what this browser keeps for shop and Tenth, so that a walk can start over. */
function forget(): void {
  window.tenth?.reset();
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // Nothing was kept then.
  }
  for (const cookie of document.cookie.split(';')) {
    const name = cookie.split('=')[0]?.trim() ?? '';
    if (name !== 'lang') {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http.
      document.cookie = `${name}=; Path=/; Max-Age=0`;
    }
  }
}

export function startHeader(): void {
  show();
  onChange(show);
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.closest('[data-sign-out]')) {
      leave();
      signedOut();
      toast(t('로그아웃했어요.', 'You are signed out.'));
    }
    if (target?.closest('[data-forget]')) {
      forget();
      location.assign('/');
    }
  });
}
