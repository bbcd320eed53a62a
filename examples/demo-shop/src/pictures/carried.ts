import { darker, lighter } from './colour.ts';
import { contactShadow, crease, drape, linear, mirrored, radial, stitches } from './paint.ts';
import type { Drawing } from './studio.ts';

/** A canvas bag; style `leather` or canvas. */
export const tote: Drawing = {
  place: 'standing',
  draw(look) {
    const leather = look.style === 'leather';
    const bag =
      'M206 430C330 444 470 444 594 430L622 806C622 826 612 836 594 838C470 850 330 850 206 838C188 836 178 826 178 806Z';
    const handle = 'M306 440C300 270 330 190 400 190C470 190 500 270 494 440';
    return `<defs>${drape('main', look.colour)}${linear('side', [
      [0, '#14131a', 0.22],
      [0.2, '#14131a', 0],
      [0.8, '#14131a', 0],
      [1, '#14131a', 0.34],
    ])}</defs>${contactShadow(400, 836, { x: 230, y: 20 })}
<path d="${handle}" fill="none" stroke="${darker(look.accent, 0.4)}" stroke-width="24" transform="translate(8 12)"/>
<g filter="url(#${leather ? 'crisp' : 'cloth'})"><path d="M210 430C330 416 470 416 590 430L580 470H220Z" fill="${darker(look.colour, 0.55)}"/><path d="${bag}" fill="url(#main)"/><path d="${bag}" fill="url(#side)"/>${crease('M250 520C260 640 246 720 262 820', 7, 0.2)}${crease('M560 500C540 600 560 720 546 830', 8, 0.22)}
<path d="${handle}" fill="none" stroke="${look.accent}" stroke-width="24"/>${stitches('M298 440C292 262 326 182 400 182C474 182 508 262 502 440', lighter(look.accent, 0.4))}
${mirrored(`<path d="M284 428h46v92h-46z" fill="${look.accent}" stroke="#14131a" stroke-opacity=".3"/>${stitches('M290 512L324 436M290 436L324 512M290 434h34v80h-34z', lighter(look.accent, 0.5), 0.8)}`)}
${stitches('M210 450C330 464 470 464 590 450', darker(look.colour, 0.4))}
<g transform="translate(400 656)"><rect x="-62" y="-34" width="124" height="68" rx="4" fill="${leather ? darker(look.colour, 0.12) : '#f5efe3'}" stroke="#14131a" stroke-opacity=".25"/><circle cx="-30" r="13" fill="${leather ? lighter(look.colour, 0.2) : '#c9572c'}"/><path d="M-8 -8h52M-8 6h36" stroke="${leather ? lighter(look.colour, 0.35) : '#4a463f'}" stroke-width="5"/></g></g>`;
  },
};

/** A backpack; style `mini` for children. */
export const backpack: Drawing = {
  place: 'standing',
  draw(look) {
    const bag =
      'M224 420C224 280 290 212 400 212C510 212 576 280 576 420L592 780C592 820 570 842 532 844H268C230 842 208 820 208 780Z';
    const pocket = 'M266 590H534V790C534 812 522 822 500 822H300C278 822 266 812 266 790Z';
    const face =
      look.style === 'mini'
        ? `<circle cx="350" cy="420" r="10" fill="#2a2622"/><circle cx="450" cy="420" r="10" fill="#2a2622"/><path d="M380 448q20 20 40 0" stroke="#2a2622" stroke-width="7" fill="none" stroke-linecap="round"/><circle cx="318" cy="452" r="20" fill="#f08a7a" opacity=".55"/><circle cx="482" cy="452" r="20" fill="#f08a7a" opacity=".55"/>${mirrored(`<circle cx="266" cy="246" r="48" fill="${look.colour}" stroke="#14131a" stroke-opacity=".2"/><circle cx="266" cy="246" r="24" fill="${look.accent}"/>`)}`
        : `<path d="M250 410C330 430 470 430 550 410" fill="none" stroke="${darker(look.colour, 0.5)}" stroke-width="7"/><rect x="540" y="402" width="14" height="44" rx="6" fill="#cfc8ba"/>`;
    return `<defs>${drape('main', look.colour)}${linear('side', [
      [0, '#14131a', 0.3],
      [0.2, '#14131a', 0],
      [0.78, '#14131a', 0],
      [1, '#14131a', 0.4],
    ])}</defs>${contactShadow(400, 842, { x: 210, y: 22 })}<path d="M356 226C356 160 444 160 444 226" fill="none" stroke="${darker(look.colour, 0.4)}" stroke-width="18"/>
<g filter="url(#cloth)">${mirrored(`<path d="M214 560C180 600 176 720 196 800L222 800L226 560Z" fill="${darker(look.colour, 0.35)}"/>`)}<path d="${bag}" fill="url(#main)"/><path d="${bag}" fill="url(#side)"/>${face}<path d="${pocket}" fill="${look.accent}" stroke="#14131a" stroke-opacity=".3" stroke-width="3"/>${stitches('M276 640H524M276 598V788C276 806 284 812 302 812H498C516 812 524 806 524 788V598', darker(look.accent, 0.45))}<path d="M276 626H524" stroke="${darker(look.accent, 0.55)}" stroke-width="6"/><rect x="300" y="618" width="14" height="40" rx="6" fill="#cfc8ba"/><rect x="370" y="700" width="60" height="34" rx="4" fill="#f5efe3"/><path d="M380 712h40M380 722h26" stroke="#4a463f" stroke-width="4"/></g>`;
  },
};

/** A cap with a curved peak. */
export const cap: Drawing = {
  place: 'standing',
  draw(look) {
    const crown =
      'M196 640C190 450 270 340 400 336C530 340 596 440 596 620C520 660 300 668 196 640Z';
    const peak =
      'M204 628C300 600 470 600 592 616C680 650 730 700 724 726C716 744 690 738 650 722C540 684 360 680 204 664Z';
    return `<defs>${radial('main', [
      [0, lighter(look.colour, 0.3)],
      [0.5, look.colour],
      [1, darker(look.colour, 0.42)],
    ])}${linear('brim', [
      [0, darker(look.accent, 0.3)],
      [0.6, look.accent],
      [1, lighter(look.accent, 0.2)],
    ])}</defs>${contactShadow(440, 736, { x: 270, y: 18 })}<g filter="url(#cloth)"><path d="${crown}" fill="url(#main)"/>${crease('M400 338C360 430 350 540 362 660', 4, 0.4)}${stitches('M390 340C350 430 340 540 352 660M412 338C372 430 362 540 374 660', lighter(look.colour, 0.4))}${crease('M400 338C480 410 520 520 524 640', 4, 0.35)}${stitches('M410 340C490 412 530 522 536 640', lighter(look.colour, 0.4))}<path d="${peak}" fill="url(#brim)" stroke="#14131a" stroke-opacity=".3" stroke-width="2"/>${stitches('M214 644C340 624 500 640 690 722M212 654C340 642 500 656 660 720', lighter(look.accent, 0.5))}<ellipse cx="402" cy="336" rx="20" ry="10" fill="${darker(look.colour, 0.2)}"/></g><g transform="translate(446 496) rotate(6)"><circle r="34" fill="${lighter(look.accent, 0.1)}"/><path d="M0 -30C-3 -46 6 -54 18 -58C20 -44 14 -34 0 -30Z" fill="#8aa56f"/></g>`;
  },
};

/** A pair of socks laid side by side. */
export const socks: Drawing = {
  place: 'flat',
  draw(look) {
    const sock =
      'M286 196H420C424 330 418 440 424 540C432 640 490 690 556 738C596 770 596 828 548 842C480 856 400 830 344 780C290 730 284 650 288 540C292 430 284 320 286 196Z';
    const band =
      look.style === 'stripe'
        ? `<path d="M287 300H421V332H287zM287 356H421V372H287z" fill="${look.accent}"/>`
        : '';
    const one = `<path d="${sock}" fill="url(#main)"/><path d="${sock}" fill="url(#knit)"/>${band}<path d="M292 650C330 620 380 630 420 560C430 620 446 650 470 676C440 740 380 780 344 780C310 744 292 700 292 650Z" fill="${look.accent}" opacity=".9"/><path d="M490 686C560 740 600 770 590 816C560 860 500 846 470 840C450 790 460 720 490 686Z" fill="${look.accent}" opacity=".9"/><path d="M286 196H420V276H286z" fill="${darker(look.colour, 0.08)}"/><path d="M286 196H420V276H286z" fill="url(#rib)"/><path d="${sock}" fill="none" stroke="#14131a" stroke-opacity=".25" stroke-width="2.4"/>${crease('M300 300C296 430 304 560 300 660', 10, 0.2)}`;
    return `<defs>${drape('main', look.colour)}<pattern id="knit" width="8" height="7" patternUnits="userSpaceOnUse"><path d="M0 0L4 5L8 0" fill="none" stroke="${darker(look.colour, 0.4)}" stroke-width="1.2" opacity=".5"/></pattern><pattern id="rib" width="10" height="40" patternUnits="userSpaceOnUse"><rect width="4" height="40" fill="#14131a" opacity=".2"/></pattern></defs><path d="${sock}" fill="#1d1712" opacity=".35" transform="translate(44 40) rotate(-7 400 500)" filter="url(#blur22)"/><g filter="url(#wool)" transform="translate(110 -10) rotate(8 400 500) ">${one}</g><g transform="translate(-60 20) rotate(-5 400 500)"><path d="${sock}" fill="#1d1712" opacity=".4" transform="translate(14 12)" filter="url(#blur8)"/><g filter="url(#wool)">${one}</g></g>`;
  },
};

/** A low sneaker from the side. */
export const sneaker: Drawing = {
  place: 'standing',
  draw(look) {
    const upper =
      'M150 700C142 610 150 520 176 440C200 428 226 440 240 466C262 500 300 506 340 478L400 420C440 470 500 540 566 580C626 606 676 624 690 672L694 716H150Z';
    const sole =
      'M140 704C300 716 540 716 700 700C712 716 714 750 700 770C560 790 290 790 152 774C136 756 134 724 140 704Z';
    const laces = Array.from({ length: 5 }, (_, index) => {
      const x = 402 + index * 32;
      const y = 452 + index * 34;
      return `<path d="M${x - 46} ${y + 26}L${x + 12} ${y - 8}" stroke="#14131a" stroke-opacity=".35" stroke-width="15" stroke-linecap="round" transform="translate(3 6)"/><path d="M${x - 46} ${y + 26}L${x + 12} ${y - 8}" stroke="#f7f4ec" stroke-width="13" stroke-linecap="round"/>`;
    }).join('');
    return `<defs>${drape('main', look.colour)}${linear(
      'rubber',
      [
        [0, '#fffdf8'],
        [0.6, '#efeadf'],
        [1, '#cfc7b8'],
      ],
      true,
    )}</defs>${contactShadow(420, 776, { x: 300, y: 18 })}<g filter="url(#crisp)"><path d="M178 440C220 470 240 520 330 512L400 420L372 416C330 470 260 470 232 430Z" fill="${darker(look.colour, 0.5)}"/><path d="${upper}" fill="url(#main)"/><path d="M150 700C146 640 148 580 158 520C210 540 250 590 256 712H150Z" fill="${look.accent}"/><path d="M566 580C626 606 676 624 690 672L694 716H540C520 660 530 610 566 580Z" fill="${look.accent}"/><path d="M300 500C330 560 350 640 352 714H470C470 640 430 560 366 462Z" fill="${darker(look.colour, 0.1)}" stroke="#14131a" stroke-opacity=".2"/>
${stitches('M264 710C258 590 214 546 160 528M532 712C514 660 522 606 560 572M360 712C358 640 336 566 306 506M400 424C440 474 500 544 560 582', lighter(look.accent, 0.5), 0.8)}</g>${laces}<path d="M346 486C352 440 372 410 410 400C430 396 442 408 434 424L404 470Z" fill="${lighter(look.colour, 0.12)}" stroke="#14131a" stroke-opacity=".25"/><path d="${sole}" fill="url(#rubber)" stroke="#14131a" stroke-opacity=".16"/><path d="M142 738C300 752 540 752 706 734" fill="none" stroke="${look.accent}" stroke-width="7"/><path d="M146 764C300 782 560 782 704 760" fill="none" stroke="#14131a" stroke-opacity=".18" stroke-width="5" stroke-dasharray="3 7"/><circle cx="196" cy="620" r="20" fill="#f7f4ec"/><circle cx="196" cy="620" r="9" fill="#c9572c"/>`;
  },
};
