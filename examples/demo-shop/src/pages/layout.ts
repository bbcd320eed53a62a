import { departments } from '../catalogue/departments.ts';
import { Html, html, scriptJson } from '../html.ts';
import { won } from '../language.ts';
import { freeShippingFromWon, shopName, welcomeCoupon } from '../offers.ts';
import { icons, mark } from './icons.ts';
import type { Page, View } from './view.ts';

/** Addresses that the layout needs, fixed when the shop starts. */
export interface Surroundings {
  readonly tenthOrigin: string;
  readonly writeKey: string;
  readonly portalOrigin: string;
  readonly scriptPath: string;
  readonly stylePath: string;
}

/** Keeps calls until the script has come; without the script they are simply never read. */
const stub = new Html(
  '!function(){var t=window.tenth=window.tenth||[];if(!t.page)"page track identify group alias reset ready consent".split(" ").forEach(function(m){t[m]=function(){t.push([m].concat([].slice.call(arguments)))}})}();',
);

function header(view: View, page: Page): Html {
  const { t, language } = view;
  const other = language === 'ko' ? 'en' : 'ko';
  return html`<p class="ribbon"><a href="/benefits">${t(
    `가입하면 바로 쓰는 ${won(welcomeCoupon.offWon, language)} 쿠폰`,
    `Join and take ${won(welcomeCoupon.offWon, language)} off right away`,
  )}</a><span class="ribbon-more"> · ${t(
    `${won(freeShippingFromWon, language)} 이상 무료배송`,
    `Free shipping from ${won(freeShippingFromWon, language)}`,
  )}</span></p>
<header class="head"><div class="head-row wrap">
<a class="logo" href="/">${mark}<span>${shopName[language]}</span></a>
<form class="find" action="/search" role="search"><label class="hidden" for="q">${t('상품 검색', 'Search products')}</label><input id="q" name="q" type="search" value="${page.searched ?? ''}" placeholder="${t('무엇을 찾으세요? 린넨 셔츠, 머그, 꿀…', 'Linen shirt, mug, honey…')}" autocomplete="off"><button aria-label="${t('검색', 'Search')}">${icons.search}</button></form>
<nav class="tools" aria-label="${t('내 메뉴', 'My menu')}">
<a class="tool lang" href="/lang/${other}?to=${encodeURIComponent(view.address)}" hreflang="${other}" lang="${other}">${language === 'ko' ? 'English' : '한국어'}</a>
<span class="account" data-account><a class="tool" href="/signin">${icons.person}<span class="tool-word">${t('로그인', 'Sign in')}</span></a></span>
<a class="tool" href="/compare" aria-label="${t('비교함', 'Compare')}">${icons.compare}<b class="count" data-compare-count hidden></b></a>
<a class="tool" href="/cart" aria-label="${t('장바구니', 'Cart')}">${icons.bag}<b class="count" data-cart-count hidden></b></a>
</nav></div>
<nav class="menu" aria-label="${t('상품 분류', 'Departments')}"><ul class="wrap">${departments.map(
    (department) =>
      html`<li><a href="/c/${department.id}"${view.address.startsWith(`/c/${department.id}`) ? new Html(' aria-current="page"') : ''}>${department.name[language]}</a></li>`,
  )}<li><a class="menu-benefit" href="/benefits">${t('회원 혜택', 'Member benefits')}</a></li></ul></nav></header>`;
}

function footer(view: View, portalOrigin: string): Html {
  const { t, language } = view;
  return html`<footer class="foot"><div class="wrap foot-row"><div><p class="logo small">${mark}<span>${shopName[language]}</span></p>
<p>${t(
    '열매상회는 Tenth를 시험해 보기 위한 가상의 가게입니다. 상품과 브랜드, 그림은 모두 지어낸 것이고 주문은 배송되지 않으며 결제도 없습니다.',
    'Yeolmae is an invented shop for trying out Tenth. Its goods, brands and pictures are made up; orders are never paid for and never shipped.',
  )}</p></div>
<ul><li><a href="/benefits">${t('회원 혜택', 'Member benefits')}</a></li><li><a href="/compare">${t('비교함', 'Compare')}</a></li><li><a href="/signup">${t('회원 가입', 'Sign up')}</a></li></ul>
<ul><li><a href="${portalOrigin}/">${t('포털 첫 화면에서 다시 들어오기', 'Come in again from the portal')}</a></li><li><button class="plain" data-forget>${t('처음 온 손님으로 되돌리기', 'Become a first-time visitor again')}</button></li></ul></div></footer>`;
}

/** The whole document. */
export function layout(view: View, page: Page, around: Surroundings): string {
  const { t, language } = view;
  const document = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title === '' ? '' : `${page.title} · `}${shopName[language]}</title>
<meta name="tenth:page-category" content="${page.category}"><meta name="tenth:page-name" content="${page.name}">
<meta name="color-scheme" content="light dark"><meta name="theme-color" content="#1f4a3b">
<link rel="icon" href="/mark.svg" type="image/svg+xml"><link rel="stylesheet" href="${around.stylePath}">
<script>${stub}</script>
<script async src="${around.tenthOrigin}/t.js" data-write-key="${around.writeKey}" data-locale="${language}"></script>
<script defer src="${around.scriptPath}"></script></head>
<body data-page="${page.category}"><a class="skip" href="#main">${t('본문으로 건너뛰기', 'Skip to content')}</a>
${header(view, page)}<main id="main" tabindex="-1">${page.main}</main>${footer(view, around.portalOrigin)}
<div class="toast" role="status" aria-live="polite" data-toast></div>
<script type="application/json" id="page-data">${scriptJson(page.data ?? null)}</script></body></html>`;
  return document.text;
}
