import { html } from '../html.ts';
import { won } from '../language.ts';
import { welcomeCoupon } from '../offers.ts';
import { icons } from './icons.ts';
import type { Page, View } from './view.ts';

export function benefitsPage({ t, language }: View): Page {
  const off = won(welcomeCoupon.offWon, language);
  return {
    title: t('회원 혜택', 'Member benefits'),
    category: 'member-benefits',
    name: 'Member benefits',
    main: html`<section class="benefit-top"><div class="wrap narrow"><p class="hero-over">${t('열매 회원', 'Yeolmae members')}</p><h1>${t('가입은 1분,', 'A minute to join,')}<br>${t('혜택은 오늘부터', 'benefits from today')}</h1>
<div class="ticket"><div><span>${t('첫 구매 쿠폰', 'First-order coupon')}</span><b>${off}</b><small>${t(`${won(welcomeCoupon.fromWon, language)} 이상 구매할 때`, `on orders from ${won(welcomeCoupon.fromWon, language)}`)}</small></div><code>${welcomeCoupon.code}</code></div>
<p><a class="button" href="/signup">${t('가입하고 쿠폰 받기', 'Join and get the coupon')}</a></p></div></section>
<section class="wrap narrow benefits"><ul><li>${icons.gift}<h2>${t('첫 구매 할인', 'First order')}</h2><p>${t(`가입하자마자 쓸 수 있는 ${off} 쿠폰을 드려요.`, `A coupon of ${off}, usable at once.`)}</p></li><li>${icons.leaf}<h2>${t('열매 적립', 'Berries')}</h2><p>${t('구매할 때마다 2%를 열매로 모아 다음에 써요.', 'Two per cent of each order comes back for the next.')}</p></li><li>${icons.truck}<h2>${t('달마다 무료배송', 'Monthly free shipping')}</h2><p>${t('한 달에 한 번, 금액에 상관없이 무료로 보내 드려요.', 'Once a month, whatever the amount.')}</p></li></ul>
<table class="tiers"><caption>${t('등급별 혜택', 'Tiers')}</caption><thead><tr><th>${t('등급', 'Tier')}</th><th>${t('조건', 'From')}</th><th>${t('적립', 'Back')}</th></tr></thead><tbody><tr><td>${t('새싹', 'Sprout')}</td><td>${t('가입', 'Joining')}</td><td>2%</td></tr><tr><td>${t('가지', 'Branch')}</td><td>${won(100_000, language)}</td><td>3%</td></tr><tr><td>${t('열매', 'Fruit')}</td><td>${won(300_000, language)}</td><td>5%</td></tr></tbody></table></section>`,
  };
}

export function signUpPage({ t, language }: View): Page {
  return {
    title: t('회원 가입', 'Sign up'),
    category: 'sign-up',
    name: 'Sign up',
    main: html`<div class="wrap slim" data-fill="sign-up"><h1>${t('열매 회원이 되어 주세요', 'Become a member')}</h1><p class="lead">${t(`가입하면 ${won(welcomeCoupon.offWon, language)} 쿠폰을 바로 드려요.`, `You get a coupon of ${won(welcomeCoupon.offWon, language)} right away.`)}</p>
<form class="form" data-sign-up novalidate><label>${t('이메일', 'Email')}<input name="email" type="email" autocomplete="email" required placeholder="you@example.com"></label><label>${t('이름', 'Name')}<input name="name" autocomplete="name" required></label><label class="check"><input type="checkbox" name="agree" required> ${t('데모 이용에 동의합니다 (비밀번호는 받지 않아요)', 'I agree to take part in the demo (no password is asked)')}</label><p class="problem" data-problem role="alert"></p><button class="button wide" type="submit">${t('가입하고 쿠폰 받기', 'Join and get the coupon')}</button></form>
<p class="aside">${t('이미 회원이세요?', 'Already a member?')} <a href="/signin">${t('로그인', 'Sign in')}</a></p></div>`,
  };
}

export function signInPage({ t }: View): Page {
  return {
    title: t('로그인', 'Sign in'),
    category: 'sign-in',
    name: 'Sign in',
    main: html`<div class="wrap slim"><h1>${t('로그인', 'Sign in')}</h1><p class="lead">${t('가입할 때 쓴 이메일만 넣으면 돼요. 데모라서 비밀번호가 없습니다.', 'Just the email you joined with. This is a demo, so there is no password.')}</p>
<form class="form" data-sign-in novalidate><label>${t('이메일', 'Email')}<input name="email" type="email" autocomplete="email" required placeholder="you@example.com"></label><p class="problem" data-problem role="alert"></p><button class="button wide" type="submit">${t('로그인', 'Sign in')}</button></form><p class="aside">${t('처음이세요?', 'New here?')} <a href="/signup">${t('회원 가입', 'Sign up')}</a></p></div>`,
  };
}

export function notFoundPage({ t }: View): Page {
  return {
    title: t('없는 페이지', 'Not found'),
    category: 'not-found',
    name: 'Not found',
    status: 404,
    main: html`<div class="wrap slim"><h1>${t('찾는 페이지가 없어요', 'There is no such page')}</h1><p class="lead">${t('주소가 바뀌었거나 사라진 상품이에요.', 'The address changed, or the product is gone.')}</p><p><a class="button" href="/">${t('첫 화면으로', 'To the front page')}</a></p></div>`,
  };
}
