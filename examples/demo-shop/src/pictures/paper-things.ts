import { darker, lighter } from './colour.ts';
import { crease, drape, linear, stitches } from './paint.ts';
import type { Drawing } from './studio.ts';

/** A cloth-bound notebook with a band; style `planner` adds a printed grid of days. */
export const notebook: Drawing = {
  place: 'flat',
  draw(look) {
    const planner =
      look.style === 'planner'
        ? `<g fill="${lighter(look.colour, 0.7)}" opacity=".9">${Array.from({ length: 28 }, (_, index) => `<circle cx="${300 + (index % 7) * 34}" cy="${430 + Math.floor(index / 7) * 36}" r="${index === 9 ? 12 : 5}"${index === 9 ? ` fill="${look.accent}"` : ''}/>`).join('')}</g>`
        : `<g transform="translate(404 430)" fill="none" stroke="${lighter(look.colour, 0.6)}" stroke-width="4" stroke-linecap="round"><path d="M-34 60C-20 10 0 -30 40 -64"/><path d="M-20 20q-36 0 -44 -34q38 -2 44 34M2 -22q-26 -24 -16 -58q32 20 16 58M14 0q34 4 50 -24q-32 -14 -50 24"/><circle cx="46" cy="-72" r="10"/></g>`;
    return `<defs>${drape('main', look.colour)}${linear('spine', [
      [0, '#14131a', 0.4],
      [0.6, '#14131a', 0.05],
      [1, '#14131a', 0.25],
    ])}</defs><g transform="rotate(-6 400 500)"><rect x="216" y="186" width="380" height="600" rx="10" fill="#1d1712" opacity=".42" transform="translate(26 28)" filter="url(#blur22)"/><rect x="222" y="190" width="376" height="604" rx="8" fill="#f4eee0"/><path d="M226 792H594M226 788H594" stroke="#cfc5b0" stroke-width="2"/><g filter="url(#wool)"><rect x="212" y="180" width="376" height="600" rx="10" fill="url(#main)"/></g><rect x="212" y="180" width="34" height="600" rx="8" fill="url(#spine)"/>${planner}<path d="M340 690h128M366 712h76" stroke="${lighter(look.colour, 0.65)}" stroke-width="5"/><path d="M548 180V780" stroke="${look.accent}" stroke-width="15"/><path d="M542 180V780" stroke="#fff" stroke-opacity=".2" stroke-width="3"/><path d="M330 778C332 830 326 852 320 880L334 870L344 882C348 850 346 820 346 778Z" fill="${look.accent}"/></g>`;
  },
};

/** A fountain pen across a sheet of paper. */
export const pen: Drawing = {
  place: 'flat',
  draw(look) {
    return `<defs>${linear(
      'barrel',
      [
        [0, darker(look.colour, 0.3)],
        [0.25, lighter(look.colour, 0.55)],
        [0.5, look.colour],
        [1, darker(look.colour, 0.5)],
      ],
      true,
    )}${linear(
      'metal',
      [
        [0, '#8a6f3c'],
        [0.3, '#fbe9b8'],
        [0.6, '#c9a45a'],
        [1, '#6f5528'],
      ],
      true,
    )}</defs><g transform="rotate(5 400 520)"><rect x="180" y="180" width="450" height="640" fill="#1d1712" opacity=".25" transform="translate(16 18)" filter="url(#blur22)"/><rect x="176" y="176" width="450" height="640" fill="#fdfaf3"/>${Array.from({ length: 13 }, (_, index) => `<path d="M216 ${254 + index * 42}H586" stroke="#d9d2c4" stroke-width="2"/>`).join('')}<path d="M226 300C250 250 270 330 290 290C310 260 322 330 350 292C372 264 390 330 420 290M226 344C260 300 290 370 330 330C350 310 366 350 392 334" fill="none" stroke="${darker(look.accent, 0.2)}" stroke-width="4.4" stroke-linecap="round"/></g><g transform="translate(420 610) rotate(-38)"><path d="M-300 18H300V40H-330Z" fill="#1d1712" opacity=".45" transform="translate(4 26)" filter="url(#blur8)"/><path d="M-380 0L-300 -17V17Z" fill="url(#metal)"/><path d="M-372 0H-318" stroke="#3a2a12" stroke-width="2"/><circle cx="-318" r="4" fill="#3a2a12"/><rect x="-302" y="-23" width="90" height="46" rx="6" fill="#24211e"/><rect x="-214" y="-30" width="230" height="60" rx="8" fill="url(#barrel)"/><rect x="8" y="-32" width="16" height="64" fill="url(#metal)"/><path d="M24 -31H270C300 -28 300 28 270 31H24Z" fill="url(#barrel)"/><rect x="60" y="-42" width="190" height="13" rx="6" fill="url(#metal)"/><circle cx="66" cy="-35" r="10" fill="url(#metal)"/></g>`;
  },
};

/** Coloured pencils in a row. */
export const pencils: Drawing = {
  place: 'flat',
  draw(look) {
    const tones = [
      look.colour,
      look.accent,
      '#e2b04a',
      '#8aa56f',
      '#6f93a8',
      '#8b6f9c',
      '#3f3a36',
      '#d98a8a',
    ];
    return tones
      .map((tone, index) => {
        const x = 176 + index * 57;
        const top = 236 + ((index * 53) % 5) * 15;
        return `<g><path d="M${x} ${top + 90}h46V${840}h-46z" fill="#1d1712" opacity=".4" transform="translate(14 16)" filter="url(#blur8)"/><path d="M${x} ${top + 92}L${x + 23} ${top}L${x + 46} ${top + 92}Z" fill="#ecc995"/><path d="M${x + 15} ${top + 32}L${x + 23} ${top}L${x + 31} ${top + 32}Z" fill="${tone}"/><path d="M${x} ${top + 92}q8 -16 15 0q8 -16 16 0q8 -16 15 0V840H${x}Z" fill="${tone}"/><path d="M${x} ${top + 92}q8 -16 15 0V840H${x}Z" fill="#fff" opacity=".28"/><path d="M${x + 31} ${top + 92}q8 -16 15 0V840H${x + 31}Z" fill="#14131a" opacity=".26"/><path d="M${x} 806h46v34h-46z" fill="#f5efe3"/><path d="M${x + 23} ${top + 320}v120" stroke="#fff" stroke-opacity=".7" stroke-width="4"/></g>`;
      })
      .join('');
  },
};

/** Rolls of paper tape. */
export const tape: Drawing = {
  place: 'flat',
  draw(look) {
    const roll = (x: number, y: number, r: number, tone: string, id: string): string =>
      `<defs><pattern id="${id}" width="26" height="26" patternUnits="userSpaceOnUse" patternTransform="rotate(30)"><rect width="26" height="26" fill="${tone}"/><circle cx="8" cy="8" r="4.4" fill="#fff" opacity=".75"/><circle cx="21" cy="21" r="4.4" fill="#fff" opacity=".75"/></pattern></defs><circle cx="${x + 20}" cy="${y + 24}" r="${r}" fill="#1d1712" opacity=".4" filter="url(#blur22)"/><circle cx="${x + 12}" cy="${y + 14}" r="${r}" fill="${darker(tone, 0.35)}"/><circle cx="${x}" cy="${y}" r="${r}" fill="url(#${id})"/><circle cx="${x}" cy="${y}" r="${r * 0.62}" fill="#e9dcc3"/><circle cx="${x}" cy="${y}" r="${r * 0.52}" fill="#1d1712" opacity=".45"/><circle cx="${x + 4}" cy="${y + 5}" r="${r * 0.48}" fill="#cfc3ae"/><circle cx="${x}" cy="${y}" r="${r * 0.8}" fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="${r * 0.08}"/>`;
    return `<path d="M150 700L640 560L652 600L160 746L148 728L158 722Z" fill="${look.colour}" opacity=".85"/>${roll(300, 350, 150, look.colour, 'ta')}${roll(540, 490, 128, look.accent, 'tb')}${roll(330, 660, 136, '#8aa56f', 'tc')}`;
  },
};

/** A zipped pouch. */
export const pouch: Drawing = {
  place: 'flat',
  draw(look) {
    const bag =
      'M150 400C300 384 500 384 650 400C666 402 672 414 670 430L650 690C648 716 634 728 610 730C470 744 330 744 190 730C166 728 152 716 150 690L130 430C128 414 134 402 150 400Z';
    return `<defs>${drape('main', look.colour)}</defs><path d="${bag}" fill="#1d1712" opacity=".42" transform="translate(24 30)" filter="url(#blur22)"/><g filter="url(#cloth)"><path d="${bag}" fill="url(#main)"/>${crease('M180 470C200 560 190 640 204 720', 8, 0.25)}${crease('M620 470C604 560 616 640 600 720', 8, 0.25)}<path d="M140 424C300 408 500 408 662 424" fill="none" stroke="${darker(look.colour, 0.5)}" stroke-width="22"/></g><path d="M144 424C300 408 500 408 660 424" fill="none" stroke="#d9bf7d" stroke-width="9" stroke-dasharray="5 4"/><rect x="562" y="404" width="34" height="26" rx="6" fill="#d9bf7d" stroke="#8a6f3c" stroke-width="2"/><path d="M594 418C640 440 650 500 640 540" fill="none" stroke="${look.accent}" stroke-width="13" stroke-linecap="round"/><g fill="none" stroke="${look.accent}" stroke-width="5" stroke-linecap="round"><path d="M300 640C320 580 340 540 400 510"/><path d="M340 570q-36 -4 -50 -34q36 -2 50 34M368 536q-20 -28 -8 -56q26 18 8 56M330 590q30 22 60 6q-22 -26 -60 -6"/></g><circle cx="410" cy="506" r="15" fill="${look.accent}"/>${stitches('M152 448C300 432 500 432 650 448', darker(look.colour, 0.4))}`;
  },
};

/** Letter paper and envelopes. */
export const letter: Drawing = {
  place: 'flat',
  draw(look) {
    return `<g transform="rotate(-9 400 400)"><rect x="220" y="180" width="360" height="470" fill="#1d1712" opacity=".3" transform="translate(16 20)" filter="url(#blur22)"/><rect x="216" y="176" width="360" height="470" fill="#fdfaf3"/><rect x="216" y="176" width="360" height="12" fill="${look.accent}"/>${Array.from({ length: 8 }, (_, index) => `<path d="M256 ${250 + index * 44}H536" stroke="#d9d2c4" stroke-width="2"/>`).join('')}</g><g transform="rotate(5 400 660)"><rect x="170" y="500" width="470" height="310" fill="#1d1712" opacity=".42" transform="translate(20 26)" filter="url(#blur22)"/><g filter="url(#crisp)"><rect x="166" y="496" width="470" height="310" rx="4" fill="${look.colour}"/><path d="M166 806L400 640L636 806Z" fill="${darker(look.colour, 0.06)}"/><path d="M166 500L401 690L636 500Z" fill="${lighter(look.colour, 0.25)}" stroke="#14131a" stroke-opacity=".18" stroke-width="2"/></g><circle cx="401" cy="676" r="37" fill="${darker(look.accent, 0.25)}"/><circle cx="400" cy="672" r="34" fill="${look.accent}"/><path d="M400 660C396 640 408 632 424 628C426 646 418 656 400 660Z" fill="#fff" opacity=".75"/><circle cx="398" cy="680" r="14" fill="#fff" opacity=".75"/></g>`;
  },
};
