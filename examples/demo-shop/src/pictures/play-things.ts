import { darker, lighter } from './colour.ts';
import {
  contactShadow,
  crease,
  cylinder,
  gleam,
  linear,
  mirrored,
  radial,
  stitches,
} from './paint.ts';
import type { Drawing } from './studio.ts';

/** A sitting stuffed bear; style `rabbit` for long ears. */
export const bear: Drawing = {
  place: 'standing',
  draw(look) {
    const limb = 'stroke="#14131a" stroke-opacity=".14" stroke-width="2.4"';
    const ear =
      look.style === 'rabbit'
        ? `<path d="M330 330C280 240 280 130 320 116C366 110 380 220 376 320Z" fill="url(#fur)" ${limb}/><path d="M336 310C306 240 306 160 324 148C348 150 358 230 356 310Z" fill="${look.accent}"/>`
        : `<circle cx="292" cy="282" r="62" fill="url(#fur)" ${limb}/><circle cx="294" cy="286" r="36" fill="${look.accent}"/>`;
    return `<defs>${radial('fur', [
      [0, lighter(look.colour, 0.38)],
      [0.55, look.colour],
      [1, darker(look.colour, 0.34)],
    ])}</defs>${contactShadow(400, 832, { x: 220, y: 22 })}<g filter="url(#wool)">${mirrored(ear)}${mirrored(`<path d="M290 560C220 590 180 660 200 720C220 750 262 740 290 700Z" fill="url(#fur)" ${limb}/>`)}<ellipse cx="400" cy="676" rx="140" ry="150" fill="url(#fur)" ${limb}/><ellipse cx="400" cy="700" rx="88" ry="98" fill="${lighter(look.accent, 0.2)}" opacity=".85"/>${mirrored(`<ellipse cx="268" cy="780" rx="92" ry="64" fill="url(#fur)" ${limb}/><ellipse cx="238" cy="784" rx="42" ry="46" fill="${look.accent}"/>`)}<ellipse cx="400" cy="410" rx="158" ry="138" fill="url(#fur)" ${limb}/><ellipse cx="400" cy="460" rx="68" ry="52" fill="${lighter(look.accent, 0.35)}"/></g><path d="M376 434C380 424 420 424 424 434C424 452 408 460 400 462C392 460 376 452 376 434Z" fill="#3a2a22"/><path d="M400 462V480M400 480C390 494 374 492 368 484M400 480C410 494 426 492 432 484" stroke="#3a2a22" stroke-width="5" fill="none" stroke-linecap="round"/>${mirrored('<circle cx="340" cy="396" r="13" fill="#241b17"/><circle cx="336" cy="391" r="4" fill="#fff"/>')}${stitches('M400 556V820', darker(look.colour, 0.4), 0.4)}<path d="M318 540C360 566 440 566 482 540L476 566C440 590 360 590 324 566Z" fill="#c9572c"/><path d="M392 566L350 640L392 626L404 580Z" fill="#b64b22"/>${crease('M330 556C370 576 430 576 470 556', 4, 0.2)}`;
  },
};

/** Wooden blocks, stacked. */
export const blocks: Drawing = {
  place: 'standing',
  draw(look) {
    const cube = (x: number, y: number, tone: string, mark: string): string =>
      `<g filter="url(#grain)"><path d="M${x} ${y}h150v150h-150z" fill="${tone}"/><path d="M${x} ${y}l34 -30h150l-34 30z" fill="${lighter(tone, 0.4)}"/><path d="M${x + 150} ${y}l34 -30v150l-34 30z" fill="${darker(tone, 0.24)}"/></g><g transform="translate(${x + 75} ${y + 75})" fill="#fffaf0" opacity=".92">${mark}</g>`;
    const sun = '<circle r="34"/>';
    const house = '<path d="M-40 0L0 -40L40 0V40H-40Z"/>';
    const star = '<path d="M0 -42L12 -14L42 -12L19 8L27 38L0 21L-27 38L-19 8L-42 -12L-12 -14Z"/>';
    const heart = '<path d="M0 38C-60 0 -40 -44 0 -18C40 -44 60 0 0 38Z"/>';
    const moon = '<path d="M14 -40A42 42 0 1 0 40 20A34 34 0 0 1 14 -40Z"/>';
    return `${contactShadow(430, 816, { x: 290, y: 20 })}${cube(130, 668, look.colour, sun)}${cube(318, 668, '#8aa56f', house)}${cube(506, 668, look.accent, heart)}${cube(220, 500, '#e2b04a', star)}${cube(408, 500, '#6f93a8', moon)}<defs>${cylinder('arch', '#d98a5b', 0.4)}</defs><g filter="url(#grain)"><path d="M268 470C268 380 330 330 402 330C474 330 536 380 536 470H470C470 430 440 396 402 396C364 396 334 430 334 470Z" fill="url(#arch)"/></g>`;
  },
};

/** A rolled exercise mat with a strap. */
export const mat: Drawing = {
  place: 'standing',
  draw(look) {
    const spiral = Array.from(
      { length: 6 },
      (_, index) =>
        `<circle cx="236" cy="690" r="${126 - index * 20}" fill="${index % 2 === 0 ? look.colour : darker(look.colour, 0.22)}"/>`,
    ).join('');
    return `<defs>${linear(
      'roll',
      [
        [0, darker(look.colour, 0.05)],
        [0.22, lighter(look.colour, 0.4)],
        [0.5, look.colour],
        [1, darker(look.colour, 0.5)],
      ],
      true,
    )}</defs>${contactShadow(420, 818, { x: 310, y: 20 })}<g filter="url(#crisp)"><path d="M236 564H640C700 564 716 816 640 816H236Z" fill="url(#roll)"/>${spiral}</g><circle cx="236" cy="690" r="14" fill="${darker(look.colour, 0.6)}"/><path d="M360 563C384 600 384 780 360 817M560 563C584 600 584 780 560 817" fill="none" stroke="${look.accent}" stroke-width="26"/><path d="M366 570C380 420 560 420 570 570" fill="none" stroke="${darker(look.accent, 0.1)}" stroke-width="20"/>${stitches('M366 570C380 420 560 420 570 570', lighter(look.accent, 0.5))}`;
  },
};

/** A pair of coated dumbbells. */
export const dumbbell: Drawing = {
  place: 'standing',
  draw(look) {
    const one = (x: number, y: number): string =>
      `<g transform="translate(${x} ${y})"><rect x="-130" y="-24" width="260" height="48" fill="url(#bar)"/><path d="M-230 -76L-190 -104H-130L-104 -76V76L-130 104H-190L-230 76Z" fill="url(#head)"/><path d="M230 -76L190 -104H130L104 -76V76L130 104H190L230 76Z" fill="url(#head)"/><path d="M-90 -20H90" stroke="#fff" stroke-opacity=".5" stroke-width="4" stroke-dasharray="3 6"/><text x="-167" y="14" font-family="Arial, sans-serif" font-weight="700" font-size="40" fill="#fff" opacity=".85" text-anchor="middle">2</text><text x="167" y="14" font-family="Arial, sans-serif" font-weight="700" font-size="40" fill="#fff" opacity=".85" text-anchor="middle">2</text></g>`;
    return `<defs>${linear(
      'head',
      [
        [0, lighter(look.colour, 0.45)],
        [0.3, look.colour],
        [1, darker(look.colour, 0.42)],
      ],
      true,
    )}${linear(
      'bar',
      [
        [0, '#f2efe9'],
        [0.4, '#bdb8af'],
        [1, '#6d6860'],
      ],
      true,
    )}</defs>${contactShadow(400, 812, { x: 270, y: 20 })}<g filter="url(#speckle)">${one(420, 560)}</g><ellipse cx="400" cy="650" rx="230" ry="14" fill="#1d1712" opacity=".4" filter="url(#blur8)"/><g transform="rotate(-4 380 710)">${one(380, 710)}</g>`;
  },
};

/** A jar of something good, with a cloth cap; honey, jam. */
export const foodJar: Drawing = {
  place: 'standing',
  draw(look) {
    const glass =
      'M286 420H514C560 440 580 480 580 530V770C580 806 560 824 526 826H274C240 824 220 806 220 770V530C220 480 240 440 286 420Z';
    return `<defs>${cylinder('honey', look.colour, 0.55)}${cylinder('lid', look.accent, 0.4)}</defs>${contactShadow(400, 822, { x: 180, y: 20 })}<path d="${glass}" fill="url(#honey)"/><path d="M236 520C300 500 500 540 564 514V480C556 452 536 436 514 430H286C264 436 244 452 236 480Z" fill="#fff" opacity=".34"/><path d="M278 356C278 338 290 330 308 328H492C510 330 522 338 522 356V424H278Z" fill="url(#lid)"/><path d="M284 360H516M284 380H516M284 400H516" stroke="#14131a" stroke-opacity=".16" stroke-width="3"/><rect x="296" y="560" width="208" height="200" rx="4" fill="#fbf6ea"/><circle cx="400" cy="620" r="30" fill="${look.colour}"/><path d="M400 592C396 566 410 554 430 550C434 572 422 588 400 592Z" fill="#7c9a63"/><path d="M330 684h140M350 706h100" stroke="#4a443c" stroke-width="6"/><path d="M340 736h120" stroke="#a89e90" stroke-width="3"/>${gleam('M246 520C240 610 242 700 252 780L270 780C262 700 258 610 266 510Z', 0.7)}${gleam('M548 530C556 620 554 700 546 780L536 780C542 700 542 620 534 530Z', 0.35)}`;
  },
};

/** A flat-bottomed paper pouch: tea, coffee, grain. */
export const paperBag: Drawing = {
  place: 'standing',
  draw(look) {
    const bag = 'M232 250H568L590 800C590 824 574 834 550 836H250C226 834 210 824 210 800Z';
    return `<defs>${linear('bag', [
      [0, darker(look.colour, 0.22)],
      [0.14, lighter(look.colour, 0.16)],
      [0.5, look.colour],
      [0.86, darker(look.colour, 0.06)],
      [1, darker(look.colour, 0.36)],
    ])}</defs>${contactShadow(400, 832, { x: 200, y: 20 })}<g filter="url(#crisp)"><path d="${bag}" fill="url(#bag)"/><path d="M226 210H574V286H226Z" fill="${darker(look.colour, 0.1)}"/></g><path d="M226 248H574" stroke="#14131a" stroke-opacity=".2" stroke-width="3"/>${crease('M270 300L246 830', 6, 0.25)}${crease('M530 300L554 830', 6, 0.3)}<rect x="284" y="420" width="232" height="290" fill="#fcf8ef"/><circle cx="400" cy="506" r="48" fill="${look.accent}"/><path d="M400 462C394 426 414 408 444 402C450 434 432 456 400 462Z" fill="#7c9a63"/><path d="M320 604h160M344 632h112" stroke="#3f3a34" stroke-width="8"/><path d="M330 672h140" stroke="#a89e90" stroke-width="4"/><path d="M370 216h60v24h-60z" fill="${look.accent}"/>`;
  },
};
