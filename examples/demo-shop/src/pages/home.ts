import { findProduct, products } from '../catalogue/catalogue.ts';
import { departments } from '../catalogue/departments.ts';
import type { Product } from '../catalogue/product.ts';
import { type Html, html } from '../html.ts';
import { won } from '../language.ts';
import { freeShippingFromWon, welcomeCoupon } from '../offers.ts';
import { row } from './card.ts';
import { icons } from './icons.ts';
import type { Page, View } from './view.ts';

const faces: Readonly<Record<string, string>> = {
  women: 'poppy-gather-dress',
  men: 'field-chore-jacket',
  kids: 'honey-bear',
  home: 'linen-shade-lamp',
  kitchen: 'persimmon-cast-pot',
  beauty: 'green-plum-serum',
  sports: 'trail-bottle',
  stationery: 'cloth-notebook-forest',
  pantry: 'acacia-honey',
};

function chosen(...ids: readonly string[]): readonly Product[] {
  return ids.map(findProduct).filter((product) => product !== undefined);
}

/** What stands in the placement until a campaign has something better for this visitor. */
function hero({ t }: View): Html {
  const pictures = ['moon-jar-vase', 'belted-trench', 'dipped-stoneware-mug'];
  return html`<section class="hero"><div class="wrap" data-tenth-placement="home-hero"><div class="hero-default"><div class="hero-text"><p class="hero-over">${t('늦가을 과수원에서', 'From the late-autumn orchard')}</p>
<h1>${t('잘 익은 것만,', 'Only what is ripe,')}<br>${t('천천히 골랐습니다', 'slowly chosen')}</h1>
<p>${t('매일 손이 가는 옷과 그릇, 오래 두고 쓸 물건을 한 바구니에 담았어요.', 'Clothes and bowls for every day, and things to keep for years, in one basket.')}</p>
<p class="hero-go"><a class="button" href="/c/women">${t('새로 들어온 옷 보기', 'See what is new')}</a><a class="button quiet" href="/c/home">${t('집 꾸미기', 'For the home')}</a></p></div>
<div class="hero-art" aria-hidden="true">${pictures.map((id, index) => html`<img class="hero-${index}" src="/img/${id}.svg" width="720" height="900" alt="">`)}</div></div></div></section>`;
}

function doors({ language, t }: View): Html {
  return html`<nav class="wrap doors" aria-label="${t('상품 분류', 'Departments')}"><ul>${departments.map(
    (department) =>
      html`<li><a href="/c/${department.id}"><span class="door"><img src="/img/${faces[department.id] ?? ''}.svg" width="720" height="900" alt=""></span>${department.name[language]}</a></li>`,
  )}</ul></nav>`;
}

function promises({ t, language }: View): Html {
  return html`<section class="wrap promises"><ul><li>${icons.truck}<div><b>${t(`${won(freeShippingFromWon, language)} 이상 무료배송`, `Free shipping from ${won(freeShippingFromWon, language)}`)}</b><p>${t('모자라면 배송비 3,000원이 붙어요.', 'Below that it is ₩3,000.')}</p></div></li>
<li>${icons.gift}<div><b>${t(`가입 즉시 ${won(welcomeCoupon.offWon, language)} 할인`, `${won(welcomeCoupon.offWon, language)} off on joining`)}</b><p>${t(`${won(welcomeCoupon.fromWon, language)} 이상 첫 구매에 써요.`, `For a first order from ${won(welcomeCoupon.fromWon, language)}.`)}</p></div></li>
<li>${icons.leaf}<div><b>${t('1+1은 늘 두 개', '1+1 means two, always')}</b><p>${t('하나만 담아도 두 개를 보내 드려요.', 'Put in one and we send a pair.')}</p></div></li></ul></section>`;
}

export function homePage(view: View): Page {
  const { t } = view;
  const pairs = products.filter((product) => product.promotion === 'one_plus_one').slice(0, 8);
  return {
    title: '',
    category: 'home',
    name: 'Home',
    main: html`${hero(view)}${doors(view)}
${row({ title: t('지금 입기 좋은 옷', 'Clothes for right now'), line: t('겹쳐 입기 쉬운 것부터 골랐어요', 'Picked for easy layering'), href: '/c/women' }, chosen('oatmeal-roundneck', 'field-chore-jacket', 'sage-pleats-skirt', 'oxford-stripe-shirt', 'rose-cardigan', 'selvedge-denim', 'midnight-linen-dress', 'cable-fisherman-knit'), view)}
<section class="wrap duo"><a class="panel panel-a" href="/c/kitchen"><div><h2>${t('따뜻한 식탁', 'A warm table')}</h2><p>${t('손에 감기는 그릇과 무쇠 냄비', 'Stoneware for the hand, iron for the stove')}</p></div><img src="/img/persimmon-cast-pot.svg" width="720" height="900" loading="lazy" alt=""></a><a class="panel panel-b" href="/c/stationery"><div><h2>${t('적는 사람에게', 'For people who write')}</h2><p>${t('번지지 않는 종이, 부드러운 펜촉', 'Paper that takes ink, nibs that glide')}</p></div><img src="/img/ink-blue-fountain-pen.svg" width="720" height="900" loading="lazy" alt=""></a></section>
${row({ title: t('하나 사면 하나 더, 1+1', 'Buy one, get one'), line: t('담은 수량의 두 배로 보내 드립니다', 'We send twice what you put in the cart'), href: '/search?q=1%2B1' }, pairs, view)}
${row({ title: t('집에 두는 온기', 'Warmth for the home'), line: t('불빛, 향, 그리고 담요 한 장', 'A light, a scent and a throw'), href: '/c/home' }, chosen('linen-shade-lamp', 'persimmon-glow-candle', 'fringe-wool-throw', 'moon-jar-vase', 'terracotta-cushion', 'slow-pour-kettle', 'three-bowl-set', 'ridge-print-frame'), view)}
${row({ title: t('1만 원의 즐거움', 'Small pleasures'), line: t('무료배송까지 조금 모자랄 때', 'For when you are almost at free shipping'), href: '/c/pantry' }, chosen('barley-tea', 'seal-letter-set', 'yuzu-hand-cream', 'eight-colour-pencils', 'strawberry-jam', 'mugwort-soap-duo', 'striped-kids-socks', 'dot-paper-tape'), view)}${promises(view)}`,
  };
}
