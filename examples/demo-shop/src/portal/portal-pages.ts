import { brands } from '../catalogue/brands.ts';
import { findProduct, searchProducts } from '../catalogue/catalogue.ts';
import type { Product } from '../catalogue/product.ts';
import { Html, html } from '../html.ts';
import { type Language, won } from '../language.ts';
import { shopName, welcomeCoupon } from '../offers.ts';
import { portalStyle } from './portal-style.ts';

export interface PortalView {
  readonly language: Language;
  readonly shopOrigin: string;
  readonly t: (ko: string, en: string) => string;
}

/** What the advertisement promises is in `utm_content`, so that the shop can keep the promise. */
export function adAddress(shopOrigin: string): string {
  return `${shopOrigin}/?utm_source=portalads&utm_medium=cpc&utm_campaign=welcome&utm_content=signup-benefit`;
}

function document(view: PortalView, title: string, body: Html): string {
  return html`<!doctype html><html lang="${view.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="unsafe-url"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="icon" href="data:,"><style>${new Html(portalStyle)}</style></head><body>${body}<footer class="foot wrap">${view.t('누리온은 유입 경로를 시험하려고 지어낸 포털입니다. 소식도 모두 지어낸 것입니다.', 'Nurion is an invented portal for trying out ways into the shop. Its news is invented, too.')}</footer></body></html>`
    .text;
}

function seek({ t }: PortalView, query = ''): Html {
  return html`<form class="seek" action="/search" role="search"><label class="hidden" for="query">${t('검색어', 'Search for')}</label><input id="query" name="query" value="${query}" placeholder="${t('검색어를 입력하세요', 'Search the web')}" autocomplete="off"><button>${t('검색', 'Search')}</button></form>`;
}

const logo = ({ t }: PortalView): Html =>
  html`<a class="name" href="/"><i></i>${t('누리온', 'Nurion')}</a>`;

function languageLink({ language }: PortalView, path: string): Html {
  const other = language === 'ko' ? 'en' : 'ko';
  return html`<div class="wrap top"><a href="/lang/${other}?to=${encodeURIComponent(path)}" lang="${other}">${other === 'en' ? 'English' : '한국어'}</a></div>`;
}

function advertisement(view: PortalView): Html {
  const { t, language, shopOrigin } = view;
  const off = won(welcomeCoupon.offWon, language);
  return html`<a class="ad" href="${adAddress(shopOrigin)}"><small>${t('광고', 'Ad')}</small><div><b>${t('지금 가입하면 ', 'Join now and take ')}<em>${off}</em>${t(' 바로 할인', ' off')}</b><p>${shopName[language]} · ${t('옷과 그릇, 오래 두고 쓸 물건', 'clothes, bowls and things to keep')}</p></div><span class="pics" aria-hidden="true">${['moon-jar-vase', 'oatmeal-roundneck', 'dipped-stoneware-mug'].map((id) => html`<img src="${shopOrigin}/img/${id}.svg" width="120" height="150" alt="">`)}</span></a>`;
}

const headlines: readonly (readonly [string, string, string, string])[] = [
  ['생활', 'Life', '주말 산책하기 좋은 강변길 다섯 곳', 'Five riverside walks for the weekend'],
  ['요리', 'Food', '무쇠 냄비 하나로 끝내는 저녁', 'Dinner from a single iron pot'],
  ['날씨', 'Sky', '내일 아침 안개, 낮부터 차차 맑음', 'Fog in the morning, clearing by noon'],
  ['문화', 'Arts', '동네 책방이 여는 편지 쓰기 모임', 'A bookshop hosts letter-writing evenings'],
  ['과학', 'Science', '감나무는 왜 늦가을에 더 달아질까', 'Why persimmons sweeten in late autumn'],
  ['여행', 'Travel', '기차로 가는 당일치기 바다', 'The sea and back in a day, by train'],
  ['집', 'Home', '조명 하나로 달라지는 거실 분위기', 'One lamp that changes a living room'],
  ['건강', 'Health', '잠들기 전 십 분 스트레칭', 'Ten minutes of stretching before bed'],
  ['책', 'Books', '이번 주 도서관에서 많이 빌린 책', 'What the library lent out this week'],
];

export function frontPage(view: PortalView): string {
  const { t, language, shopOrigin } = view;
  const hot: readonly string[] =
    language === 'ko'
      ? ['열매상회', '린넨 셔츠', '머그', '온그릇', '1+1']
      : ['Yeolmae', 'linen shirt', 'mug', 'Ongreut', '1+1'];
  const deals = ['washed-linen-shirt', 'persimmon-glow-candle']
    .map(findProduct)
    .filter((product) => product !== undefined);
  return document(
    view,
    t('누리온', 'Nurion'),
    html`${languageLink(view, '/')}<main class="wrap"><section class="front"><h1>${logo(view)}</h1>${seek(view)}<p class="hot">${hot.map((word) => html`<a href="/search?query=${encodeURIComponent(word)}">${word}</a>`)}</p></section>${advertisement(view)}
<div class="cols"><section class="box"><h2>${t('오늘의 소식', 'Today')}</h2><ul class="news">${headlines.map(([ko, en, koText, enText]) => html`<li><span>${t(ko, en)}</span><a href="#top">${t(koText, enText)}</a></li>`)}</ul></section>
<div><section class="box"><h2>${t('오늘 날씨', 'Weather')}</h2><div class="sky"><svg width="54" height="54" viewBox="0 0 54 54" aria-hidden="true"><circle cx="22" cy="22" r="12" fill="#f5b13d"/><path d="M16 44a9 9 0 0 1 1-18 13 13 0 0 1 24 3 8 8 0 0 1 0 15z" fill="#cdd8ea"/></svg><div><b>14°</b><div>${t('구름 조금, 바람 약함', 'Some clouds, light wind')}</div></div></div></section>
<section class="box" style="margin-top:20px"><h2>${t('쇼핑', 'Shopping')}</h2><div class="deal">${deals.map((product) => html`<a href="${shopOrigin}/p/${product.id}"><img src="${shopOrigin}/img/${product.id}.svg" width="180" height="180" alt=""><b>${product.name[language]}</b>${won(product.priceWon, language)}</a>`)}</div><p style="margin-top:14px"><a href="${shopOrigin}/" style="color:var(--blue)">${shopName[language]} ${t('바로가기', '– visit the shop')}</a></p></section></div></div></main>`,
  );
}

function productHit(product: Product, { language, shopOrigin }: PortalView): Html {
  return html`<li class="hit"><img src="${shopOrigin}/img/${product.id}.svg" width="96" height="120" alt=""><div><cite>${new URL(shopOrigin).host} › p › ${product.id}</cite><h3><a href="${shopOrigin}/p/${product.id}">${product.name[language]} – ${shopName[language]}</a></h3><p>${brands[product.brand].name[language]} · ${won(product.priceWon, language)}${product.promotion === undefined ? '' : ' · 1+1'}</p><p>${product.description[language]}</p></div></li>`;
}

export function resultsPage(query: string, view: PortalView): string {
  const { t, language, shopOrigin } = view;
  const host = new URL(shopOrigin).host;
  const found = searchProducts(query).slice(0, 8);
  const off = won(welcomeCoupon.offWon, language);
  return document(
    view,
    `${query} – ${t('누리온 검색', 'Nurion')}`,
    html`${languageLink(view, `/search?query=${encodeURIComponent(query)}`)}<header class="wrap bar">${logo(view)}${seek(view, query)}</header><main class="wrap"><div class="found"><p>${t(`‘${query}’ 검색 결과`, `Results for “${query}”`)}</p><ul>
<li class="hit paid"><div><cite><span class="tag">${t('광고', 'Ad')}</span> ${host}</cite><h3><a href="${adAddress(shopOrigin)}">${t(`${shopName.ko} – 가입하면 ${off} 바로 할인`, `${shopName.en} – ${off} off when you join`)}</a></h3><p>${t('옷, 그릇, 뷰티, 문구. 3만 원 이상 무료배송.', 'Clothes, tableware, beauty, stationery. Free shipping from ₩30,000.')}</p></div></li>
<li class="hit"><div><cite>${host}</cite><h3><a href="${shopOrigin}/">${t('열매상회 – 잘 익은 것만 천천히', 'Yeolmae – only what is ripe')}</a></h3><p>${t('매일 손이 가는 옷과 그릇, 오래 두고 쓸 물건을 파는 온라인 가게.', 'An online shop for everyday clothes, bowls and things to keep.')}</p></div></li>
${found.map((product) => productHit(product, view))}
<li class="hit"><div><cite>nuri.example › wiki</cite><h3><a href="#top">${t(`${query}의 모든 것 – 누리백과`, `All about ${query} – Nuri encyclopaedia`)}</a></h3><p>${t('뜻과 유래, 고르는 법을 모은 백과 문서.', 'Meaning, origin and how to choose.')}</p></div></li></ul></div></main>`,
  );
}
