import { darker, lighter } from './colour.ts';
import { contactShadow, crease, cylinder, gleam, linear, radial, stitches } from './paint.ts';
import type { Drawing } from './studio.ts';

/** A candle in a glass; style `ceramic` for an opaque vessel. */
export const candle: Drawing = {
  place: 'standing',
  draw(look) {
    const glass = 'M268 430H532V776C532 806 512 822 484 824H316C288 822 268 806 268 776Z';
    const flame = `<radialGradient id="glow"><stop offset="0" stop-color="#ffdf9a" stop-opacity=".95"/><stop offset=".4" stop-color="#ffc36a" stop-opacity=".35"/><stop offset="1" stop-color="#ffc36a" stop-opacity="0"/></radialGradient>`;
    return `<defs>${cylinder('vessel', look.colour, 0.5)}${radial('wax', [
      [0, '#fff7de'],
      [1, lighter(look.colour, 0.45)],
    ])}${flame}</defs>${contactShadow(400, 820, { x: 140, y: 18 })}<g filter="url(#${look.style === 'ceramic' ? 'speckle' : 'crisp'})"><path d="${glass}" fill="url(#vessel)"/></g>
<ellipse cx="400" cy="430" rx="132" ry="30" fill="${darker(look.colour, 0.25)}"/><ellipse cx="400" cy="446" rx="122" ry="24" fill="url(#wax)"/><ellipse cx="400" cy="430" rx="132" ry="30" fill="none" stroke="${lighter(look.colour, 0.6)}" stroke-width="5"/>
<path d="M400 446C398 430 402 420 400 404" stroke="#2a2019" stroke-width="5" fill="none"/><circle cx="400" cy="366" r="190" fill="url(#glow)"/><path d="M400 408C376 396 380 362 400 316C420 362 424 396 400 408Z" fill="#ffb545"/><path d="M400 406C388 398 390 378 400 350C410 378 412 398 400 406Z" fill="#fff6d4"/>
<rect x="314" y="556" width="172" height="170" rx="3" fill="#fbf7ee" opacity=".96"/><path d="M340 592h120M340 690h64M340 674h96" stroke="#5a5148" stroke-width="4"/><circle cx="400" cy="634" r="20" fill="${look.accent}"/><path d="M400 616C398 602 404 596 414 592C416 602 412 612 400 616Z" fill="#7c9a63"/>${gleam('M292 470C288 580 288 690 296 780L306 780C300 690 300 580 306 470Z', 0.6)}`;
  },
};

/** A stuffed cushion; style `stripe` or plain. */
export const cushion: Drawing = {
  place: 'standing',
  draw(look) {
    const shape =
      'M190 330C300 366 500 366 610 330C626 322 640 338 634 356C604 480 604 640 640 776C646 800 628 816 606 808C500 776 300 776 194 808C172 816 154 800 160 776C196 640 196 480 166 356C160 338 174 322 190 330Z';
    const bands =
      look.style === 'stripe'
        ? Array.from(
            { length: 8 },
            (_, index) =>
              `<path d="M${208 + index * 54} 320C${226 + index * 50} 480 ${226 + index * 50} 650 ${204 + index * 55} 820" stroke="${look.accent}" stroke-width="${index % 2 === 0 ? 15 : 5}" fill="none"/>`,
          ).join('')
        : '';
    return `<defs>${radial('main', [
      [0, lighter(look.colour, 0.36)],
      [0.55, look.colour],
      [1, darker(look.colour, 0.34)],
    ])}<clipPath id="edge"><path d="${shape}"/></clipPath></defs>${contactShadow(400, 806, { x: 250, y: 20 })}<g filter="url(#wool)"><path d="${shape}" fill="url(#main)"/><g clip-path="url(#edge)">${bands}</g>${crease('M196 350C240 420 260 470 262 520', 9, 0.3)}${crease('M604 350C570 400 548 460 544 520', 9, 0.3)}${crease('M190 790C240 730 262 680 268 640', 9, 0.3)}${crease('M610 790C570 740 546 690 540 640', 9, 0.35)}<path d="${shape}" fill="none" stroke="${darker(look.colour, 0.3)}" stroke-width="7"/>${stitches('M200 344C300 378 500 378 600 344', darker(look.colour, 0.4))}</g>`;
  },
};

/** A table lamp with a linen shade. */
export const lamp: Drawing = {
  place: 'standing',
  draw(look) {
    return `<defs>${cylinder('shade', look.colour, 0.7)}${cylinder('foot', look.accent, 0.45)}<radialGradient id="glow"><stop offset="0" stop-color="#ffe3a8" stop-opacity=".8"/><stop offset="1" stop-color="#ffe3a8" stop-opacity="0"/></radialGradient></defs><circle cx="400" cy="400" r="380" fill="url(#glow)"/>${contactShadow(400, 834, { x: 130, y: 18 })}
<path d="M386 500H414V600C470 622 500 690 496 760C494 800 470 826 440 834H360C330 826 306 800 304 760C300 690 330 622 386 600Z" fill="url(#foot)" filter="url(#speckle)"/>${gleam('M340 660C322 700 320 760 336 800C330 750 336 700 356 650Z')}
<g filter="url(#crisp)"><path d="M292 214H508L586 520C500 548 300 548 214 520Z" fill="url(#shade)"/></g><path d="M292 214H508L586 520C500 548 300 548 214 520Z" fill="#ffd98f" opacity=".3"/><ellipse cx="400" cy="214" rx="108" ry="15" fill="#fff3d4"/><path d="M214 520C300 548 500 548 586 520" fill="none" stroke="${darker(look.colour, 0.2)}" stroke-width="6"/><path d="M440 540V600" stroke="#b9a37a" stroke-width="3"/><circle cx="440" cy="606" r="7" fill="#b9a37a"/>`;
  },
};

/** A moon jar with a branch of berries. */
export const vase: Drawing = {
  place: 'standing',
  draw(look) {
    const jar =
      'M350 470C240 496 200 590 214 680C226 766 300 830 340 836H460C500 830 574 766 586 680C600 590 560 496 450 470Z';
    const berry = (x: number, y: number, r: number): string =>
      `<circle cx="${x + 3}" cy="${y + 4}" r="${r}" fill="#14131a" opacity=".25"/><circle cx="${x}" cy="${y}" r="${r}" fill="${look.accent}"/><circle cx="${x - r * 0.3}" cy="${y - r * 0.35}" r="${r * 0.3}" fill="#fff" opacity=".6"/>`;
    const leaf = (x: number, y: number, turn: number): string =>
      `<path d="M0 0C14 -24 44 -32 70 -24C56 -2 30 10 0 0Z" fill="#6f8a5e" transform="translate(${x} ${y}) rotate(${turn})"/><path d="M0 0C24 -12 44 -20 70 -24" stroke="#4d6442" stroke-width="2" fill="none" transform="translate(${x} ${y}) rotate(${turn})"/>`;
    return `<defs>${radial('jar', [
      [0, lighter(look.colour, 0.8)],
      [0.4, look.colour],
      [1, darker(look.colour, 0.36)],
    ])}</defs>${contactShadow(400, 834, { x: 150, y: 20 })}<g fill="none" stroke="#6b4f3a" stroke-linecap="round"><path d="M396 480C380 380 330 280 250 190" stroke-width="9"/><path d="M362 346C400 270 440 220 520 150" stroke-width="7"/><path d="M404 480C440 400 500 340 580 310" stroke-width="7"/><path d="M300 250C270 250 240 262 216 290" stroke-width="5"/></g>${leaf(330, 290, -20)}${leaf(268, 214, -80)}${leaf(440, 240, 0)}${leaf(500, 350, 30)}${leaf(390, 400, -150)}
${[
  [250, 190, 19],
  [282, 238, 15],
  [216, 292, 17],
  [520, 150, 18],
  [480, 190, 15],
  [430, 232, 16],
  [580, 310, 18],
  [540, 330, 14],
  [350, 330, 16],
  [316, 300, 13],
  [462, 380, 15],
]
  .map(([x = 0, y = 0, r = 0]) => berry(x, y, r))
  .join('')}
<g filter="url(#speckle)"><path d="${jar}" fill="url(#jar)"/></g><ellipse cx="400" cy="472" rx="52" ry="13" fill="${darker(look.colour, 0.5)}"/><ellipse cx="400" cy="470" rx="54" ry="14" fill="none" stroke="${lighter(look.colour, 0.5)}" stroke-width="6"/>${gleam('M280 560C246 610 244 680 266 720C262 660 272 610 310 560Z', 0.7)}`;
  },
};

/** Folded cloth in a pile: towels, or a blanket with fringes. */
export const folded: Drawing = {
  place: 'standing',
  draw(look) {
    const fringe = look.style === 'fringe';
    const layers = [look.colour, look.accent, lighter(look.colour, 0.3)].map((tone, index) => {
      const y = 680 - index * 112;
      const inset = index * 8;
      const outline = `M${180 + inset} ${y + 16}C${176 + inset} ${y + 4} ${190 + inset} ${y - 2} ${206 + inset} ${y}H${596 - inset}C${636 - inset} ${y + 4} ${640 - inset} ${y + 116} ${596 - inset} ${y + 124}H${206 + inset}C${186 + inset} ${y + 126} ${172 + inset} ${y + 112} ${180 + inset} ${y + 100}Z`;
      return `<linearGradient id="l${index}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${lighter(tone, 0.3)}"/><stop offset=".5" stop-color="${tone}"/><stop offset="1" stop-color="${darker(tone, 0.32)}"/></linearGradient><path d="${outline}" fill="url(#l${index})"/><path d="M${196 + inset} ${y + 44}C330 ${y + 36} 480 ${y + 52} ${620 - inset} ${y + 44}M${196 + inset} ${y + 84}C330 ${y + 92} 480 ${y + 76} ${620 - inset} ${y + 84}" fill="none" stroke="#14131a" stroke-opacity=".22" stroke-width="4"/><path d="M${250 + inset} ${y + 2}V${y + 123}M${266 + inset} ${y + 2}V${y + 123}" stroke="#fff" stroke-opacity=".34" stroke-width="6"/>${stitches(`M${196 + inset} ${y + 62}H${612 - inset}`, '#fff', 0.25)}`;
    });
    const threads = fringe
      ? Array.from(
          { length: 34 },
          (_, index) =>
            `<path d="M${196 + index * 12} 564q${(index % 3) * 4 - 4} 40 ${(index % 2) * 8 - 4} 88" stroke="${lighter(look.colour, 0.2)}" stroke-width="6" stroke-linecap="round" fill="none"/>`,
        ).join('')
      : '';
    return `${contactShadow(410, 806, { x: 240, y: 20 })}<g filter="url(#wool)">${layers.join('')}${threads}<ellipse cx="402" cy="462" rx="190" ry="12" fill="#fff" opacity=".2"/></g><rect x="470" y="700" width="60" height="76" fill="#fbf7ee"/><path d="M482 720h36M482 734h24" stroke="#5a5148" stroke-width="4"/><circle cx="500" cy="756" r="7" fill="#c9572c"/>`;
  },
};

/** A print in an oak frame: hills and a sun. */
export const poster: Drawing = {
  place: 'flat',
  draw(look) {
    return `<defs>${linear('oak', [
      [0, '#c79a63'],
      [0.5, '#b58650'],
      [1, '#9a6f3f'],
    ])}${linear(
      'sky',
      [
        [0, lighter(look.colour, 0.7)],
        [1, lighter(look.accent, 0.7)],
      ],
      true,
    )}</defs><rect x="190" y="170" width="440" height="620" fill="#1d1712" opacity=".42" transform="translate(26 30)" filter="url(#blur22)"/><g filter="url(#grain)"><rect x="180" y="160" width="440" height="620" fill="url(#oak)"/></g><path d="M180 160L204 184M620 160L596 184M180 780L204 756M620 780L596 756" stroke="#5c3f20" stroke-width="2"/><rect x="200" y="180" width="400" height="580" fill="#14131a" opacity=".35"/><rect x="204" y="184" width="392" height="572" fill="#fbf8f1"/>
<svg x="252" y="240" width="296" height="400" viewBox="0 0 296 400"><rect width="296" height="400" fill="url(#sky)"/><circle cx="196" cy="118" r="56" fill="${look.accent}"/><path d="M0 250C60 190 110 210 150 240C200 190 250 180 296 220V400H0Z" fill="${lighter(look.colour, 0.35)}"/><path d="M0 300C70 240 130 290 180 300C230 270 270 270 296 280V400H0Z" fill="${look.colour}"/><path d="M0 350C80 320 150 350 296 330V400H0Z" fill="${darker(look.colour, 0.35)}"/></svg><path d="M340 690h120" stroke="#8a8378" stroke-width="4"/><path d="M204 184H596V756Z" fill="#fff" opacity=".12"/>`;
  },
};
