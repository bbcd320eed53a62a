import { darker, lighter } from './colour.ts';
import { contactShadow, cylinder, gleam, linear, radial } from './paint.ts';
import type { Drawing } from './studio.ts';

/** A stoneware mug with a dipped foot. */
export const mug: Drawing = {
  place: 'standing',
  draw(look) {
    const cup =
      'M230 420H530C528 560 524 680 506 776C500 806 482 820 452 822H308C278 820 260 806 254 776C236 680 232 560 230 420Z';
    return `<defs>${cylinder('cup', look.colour, 0.55)}${cylinder('dip', look.accent, 0.3)}<clipPath id="cupClip"><path d="${cup}"/></clipPath></defs>${contactShadow(380, 820, { x: 140, y: 18 })}
<path d="M520 500C640 470 680 560 640 640C614 690 560 720 506 716" fill="none" stroke="${darker(look.colour, 0.26)}" stroke-width="38"/><path d="M520 494C636 464 672 560 634 634C608 684 560 710 508 708" fill="none" stroke="${look.colour}" stroke-width="27"/><path d="M526 488C630 462 664 546 636 612" fill="none" stroke="${lighter(look.colour, 0.6)}" stroke-width="7" filter="url(#blur2)"/>
<g filter="url(#speckle)"><path d="${cup}" fill="url(#cup)"/><path d="M220 690C300 706 340 678 400 694C460 708 500 684 540 696V830H220Z" fill="url(#dip)" clip-path="url(#cupClip)"/></g>
<ellipse cx="380" cy="420" rx="150" ry="36" fill="${darker(look.colour, 0.3)}"/><ellipse cx="380" cy="432" rx="136" ry="27" fill="#5b3a24"/><ellipse cx="360" cy="428" rx="96" ry="15" fill="#7d5536" opacity=".8"/><ellipse cx="380" cy="420" rx="150" ry="36" fill="none" stroke="${lighter(look.colour, 0.45)}" stroke-width="8"/>${gleam('M272 480C270 570 276 650 290 740L304 740C292 650 288 570 292 480Z', 0.5)}<g fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".42" filter="url(#blur4)"><path d="M340 380C310 330 370 310 344 250"/><path d="M410 376C384 330 440 300 412 230"/></g>`;
  },
};

/** Bowls stacked; `plate` style gives wide low ones. */
export const bowls: Drawing = {
  place: 'standing',
  draw(look) {
    const wide = look.style === 'plate';
    const one = (y: number, rx: number, tone: string, id: string): string => {
      const deep = wide ? 44 : 150;
      const lift = wide ? 4 : 16;
      const foot = rx * (wide ? 0.42 : 0.4);
      return `<defs>${cylinder(id, tone, 0.5)}</defs><g filter="url(#speckle)"><path d="M${400 - rx} ${y}C${400 - rx + 10} ${y + deep * 0.7} ${400 - foot - 30} ${y + deep} ${400 - foot} ${y + deep}V${y + deep + lift}C${400 - foot / 2} ${y + deep + lift + 10} ${400 + foot / 2} ${y + deep + lift + 10} ${400 + foot} ${y + deep + lift}V${y + deep}C${400 + foot + 30} ${y + deep} ${400 + rx - 10} ${y + deep * 0.7} ${400 + rx} ${y}Z" fill="url(#${id})"/></g><ellipse cx="400" cy="${y}" rx="${rx}" ry="${rx * 0.2}" fill="${darker(tone, 0.2)}"/><ellipse cx="404" cy="${y + 8}" rx="${rx * 0.9}" ry="${rx * 0.155}" fill="${lighter(tone, 0.18)}"/><ellipse cx="400" cy="${y}" rx="${rx}" ry="${rx * 0.2}" fill="none" stroke="${lighter(tone, 0.5)}" stroke-width="6"/>`;
    };
    const tops = wide ? [762, 728, 694, 660] : [660, 548, 442];
    const stack = tops
      .map((y, index) =>
        one(
          y,
          (wide ? 290 : 228) - index * (wide ? 22 : 14),
          index % 2 === 0 ? look.colour : look.accent,
          `b${index}`,
        ),
      )
      .join('');
    return `${contactShadow(400, wide ? 826 : 832, { x: wide ? 230 : 130, y: 18 })}${stack}`;
  },
};

/** A pouring kettle. */
export const kettle: Drawing = {
  place: 'standing',
  draw(look) {
    return `<defs>${cylinder('steel', look.colour, 0.7)}${linear('wood', [
      [0, '#6e4526'],
      [0.4, '#a8713f'],
      [1, '#5c3a20'],
    ])}</defs>${contactShadow(390, 824, { x: 180, y: 20 })}<path d="M250 700C170 690 190 560 120 470C108 452 96 452 84 462L110 438C150 420 180 470 206 540C226 600 250 620 270 620Z" fill="url(#steel)" stroke="#14131a" stroke-opacity=".2"/>
<path d="M530 470C650 420 690 520 660 640C646 700 600 740 566 750" fill="none" stroke="url(#wood)" stroke-width="34" stroke-linecap="round"/><path d="M286 430H494C520 540 560 640 576 770C578 806 560 822 524 824H256C220 822 202 806 204 770C220 640 260 540 286 430Z" fill="url(#steel)"/><ellipse cx="390" cy="430" rx="106" ry="20" fill="${darker(look.colour, 0.3)}"/><ellipse cx="390" cy="422" rx="100" ry="18" fill="${lighter(look.colour, 0.3)}"/><path d="M376 414C372 380 362 366 390 364C418 366 408 380 404 414Z" fill="url(#wood)"/><circle cx="390" cy="360" r="22" fill="#9a673a"/><circle cx="383" cy="352" r="7" fill="#fff" opacity=".35"/>${gleam('M300 480C270 580 244 680 240 780L262 780C268 680 290 580 318 480Z', 0.7)}${gleam('M520 560C540 640 552 700 554 780L546 780C542 700 532 640 514 560Z', 0.35)}`;
  },
};

/** A cast-iron pot with a lid. */
export const pot: Drawing = {
  place: 'standing',
  draw(look) {
    const lidTop = radial('lid', [
      [0, lighter(look.colour, 0.45)],
      [0.5, look.colour],
      [1, darker(look.colour, 0.4)],
    ]);
    return `<defs>${cylinder('pot', look.colour, 0.4)}${lidTop}${cylinder('knob', look.accent, 0.7)}</defs>${contactShadow(400, 824, { x: 240, y: 22 })}<path d="M156 590C110 580 96 640 150 648M644 590C690 580 704 640 650 648" fill="none" stroke="${darker(look.colour, 0.2)}" stroke-width="26" stroke-linecap="round"/><path d="M152 560H648C650 660 640 740 616 796C608 816 594 824 572 826H228C206 824 192 816 184 796C160 740 150 660 152 560Z" fill="url(#pot)"/><path d="M140 552C140 470 260 420 400 418C540 420 660 470 660 552C660 572 648 578 632 580C480 594 320 594 168 580C152 578 140 572 140 552Z" fill="url(#lid)" stroke="#14131a" stroke-opacity=".2" stroke-width="2"/><path d="M150 570C320 590 480 590 650 570" stroke="${darker(look.colour, 0.5)}" stroke-width="5" fill="none"/><rect x="384" y="392" width="32" height="34" fill="url(#knob)"/><ellipse cx="400" cy="388" rx="46" ry="19" fill="url(#knob)"/><ellipse cx="394" cy="382" rx="26" ry="7" fill="#fff" opacity=".5"/>${gleam('M210 500C250 462 310 446 360 442C310 460 260 480 226 516Z', 0.6)}${gleam('M196 620C200 690 210 740 224 784L240 784C224 730 216 690 216 620Z', 0.5)}`;
  },
};

/** An oak board with a persimmon and a knife-cut half. */
export const board: Drawing = {
  place: 'flat',
  draw(look) {
    const shape =
      'M250 200C250 180 264 166 284 166H372C376 130 384 96 400 96C416 96 424 130 428 166H516C536 166 550 180 550 200V836C550 862 536 876 510 876H290C264 876 250 862 250 836Z';
    return `<defs>${linear('oak', [
      [0, lighter(look.colour, 0.2)],
      [0.5, look.colour],
      [1, darker(look.colour, 0.15)],
    ])}${radial('fruit', [
      [0, '#ffb066'],
      [0.5, look.accent],
      [1, darker(look.accent, 0.4)],
    ])}</defs><path d="${shape}" fill="#1d1712" opacity=".4" transform="translate(26 26) rotate(-8 400 500)" filter="url(#blur22)"/><g transform="rotate(-8 400 500)"><path d="${shape}" fill="${darker(look.colour, 0.45)}" transform="translate(6 9)"/><g filter="url(#grain)"><path d="${shape}" fill="url(#oak)"/></g><circle cx="400" cy="136" r="12" fill="#6d4a2a"/></g>
<g transform="translate(370 560)"><ellipse cx="18" cy="26" rx="112" ry="98" fill="#1d1712" opacity=".4" filter="url(#blur8)"/><path d="M0 -92C80 -96 116 -50 112 8C108 70 60 100 0 98C-60 100 -108 70 -112 8C-116 -50 -80 -96 0 -92Z" fill="url(#fruit)"/><path d="M0 -84C-30 -110 -62 -100 -70 -80C-50 -66 -34 -62 -16 -66C-30 -40 -22 -26 -4 -18C8 -40 8 -54 4 -66C24 -54 46 -58 62 -72C50 -96 24 -104 0 -84Z" fill="#6d7d4b"/><path d="M-2 -76L2 -104" stroke="#5a4a2e" stroke-width="9" stroke-linecap="round"/><ellipse cx="-52" cy="-16" rx="16" ry="32" fill="#fff" opacity=".4" transform="rotate(24 -52 -16)" filter="url(#blur4)"/></g><g transform="translate(490 716)"><ellipse cx="10" cy="14" rx="84" ry="74" fill="#1d1712" opacity=".4" filter="url(#blur8)"/><circle r="76" fill="${darker(look.accent, 0.12)}"/><circle r="68" fill="#f6a559"/>${[0, 45, 90, 135, 180, 225, 270, 315].map((turn) => `<ellipse cx="0" cy="-32" rx="8" ry="22" fill="#e0803a" transform="rotate(${turn})"/>`).join('')}<circle r="12" fill="#fbd9a8"/></g>`;
  },
};

/** A tall vacuum cup or a sports bottle (`sport`). */
export const tumbler: Drawing = {
  place: 'standing',
  draw(look) {
    const sport = look.style === 'sport';
    const body = sport
      ? 'M300 330C300 300 316 286 340 282H460C484 286 500 300 500 330V780C500 812 484 828 456 830H344C316 828 300 812 300 780Z'
      : 'M286 300H514L490 786C488 816 470 830 444 832H356C330 830 312 816 310 786Z';
    const lid = sport
      ? `<path d="M330 286C326 236 340 206 360 204H440C460 206 474 236 470 286Z" fill="url(#cap)"/><path d="M352 204C350 140 450 140 448 204" fill="none" stroke="${darker(look.accent, 0.1)}" stroke-width="20"/>`
      : `<path d="M276 262C276 246 290 240 306 238H494C510 240 524 246 524 262V306H276Z" fill="url(#cap)"/><rect x="430" y="120" width="16" height="124" rx="8" fill="${lighter(look.accent, 0.3)}"/>`;
    return `<defs>${cylinder('body', look.colour, 0.42)}${cylinder('cap', look.accent, 0.5)}</defs>${contactShadow(400, 828, { x: 108, y: 16 })}<path d="${body}" fill="url(#body)"/>${lid}<path d="M${sport ? '300 350H500' : '288 324H512'}" stroke="#14131a" stroke-opacity=".2" stroke-width="4"/><g transform="translate(400 590)" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".85"><path d="M-26 34C-14 4 4 -18 30 -34"/><path d="M-12 8q-26 0 -32 -24q28 -2 32 24M6 -14q-20 -18 -12 -42q24 14 12 42"/><circle cx="36" cy="-40" r="9" fill="#fff"/><circle cx="18" cy="6" r="9" fill="#fff"/></g>${gleam('M330 360C328 500 332 650 338 790L352 790C346 650 344 500 350 360Z', 0.55)}`;
  },
};
