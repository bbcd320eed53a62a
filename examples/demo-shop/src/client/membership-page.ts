import { html } from '../html.ts';
import { welcomeCoupon } from '../offers.ts';
import { readCart, setCoupon } from './cart.ts';
import { signedIn, signedUp } from './events.ts';
import { enter, type Member } from './member.ts';
import { find } from './page-data.ts';
import { price, t } from './speech.ts';
import { toast } from './toast.ts';

function whenSent(selector: string, run: (values: FormData) => void): void {
  const form = find<HTMLFormElement>(selector);
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = Array.from(form.querySelectorAll('input')).find((one) => !one.checkValidity());
    const problem = form.querySelector('[data-problem]');
    if (wrong === undefined) {
      run(new FormData(form));
      return;
    }
    if (problem !== null) {
      problem.textContent =
        wrong.type === 'email'
          ? t('이메일 주소를 확인해 주세요.', 'Please check the email address.')
          : wrong.type === 'checkbox'
            ? t('동의가 필요해요.', 'Please tick the box.')
            : t('이름을 적어 주세요.', 'Please tell us your name.');
    }
    wrong.focus();
  });
}

/** Takes the form's place: no page is left, so nothing that was tracked can get lost. */
function welcome(member: Member): void {
  const place = find('[data-fill=sign-up]');
  if (place === null) {
    return;
  }
  const hasCart = readCart().lines.length > 0;
  place.innerHTML =
    html`<div class="welcome"><h1 tabindex="-1">${t(`${member.name}님, 반가워요`, `Welcome, ${member.name}`)}</h1><p class="lead">${t('첫 구매 쿠폰을 장바구니에 넣어 두었어요.', 'Your first-order coupon is already in the cart.')}</p><div class="ticket"><div><span>${t('첫 구매 쿠폰', 'First-order coupon')}</span><b>${price(welcomeCoupon.offWon)}</b><small>${t(`${price(welcomeCoupon.fromWon)} 이상 구매할 때`, `on orders from ${price(welcomeCoupon.fromWon)}`)}</small></div><code>${welcomeCoupon.code}</code></div><p class="form-go"><a class="button" href="${hasCart ? '/cart' : '/'}">${hasCart ? t('장바구니로', 'To the cart') : t('쇼핑하러 가기', 'Start shopping')}</a></p></div>`.text;
  place.querySelector('h1')?.focus();
}

export function startSignUpPage(): void {
  whenSent('[data-sign-up]', (values) => {
    const member = enter(String(values.get('email')), String(values.get('name')).trim());
    signedUp(member);
    setCoupon(welcomeCoupon.code);
    welcome(member);
  });
}

export function startSignInPage(): void {
  whenSent('[data-sign-in]', (values) => {
    const member = enter(String(values.get('email')));
    signedIn(member);
    toast(t('로그인했어요.', 'You are signed in.'));
    location.assign('/');
  });
}
