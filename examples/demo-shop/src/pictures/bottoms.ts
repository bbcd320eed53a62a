import { darker, lighter } from './colour.ts';
import { crease, drape, linear, mirrored, stitches } from './paint.ts';
import type { Drawing } from './studio.ts';

const legs =
  'M268 172C340 182 460 182 532 172C548 300 560 420 556 560C552 680 542 800 536 902C506 912 462 912 432 904C424 760 414 600 402 430H398C386 600 376 760 368 904C338 912 294 912 264 902C258 800 248 680 244 560C240 420 252 300 268 172Z';

/** Trousers; style `denim`, `slacks` or `shorts`. */
export const trousers: Drawing = {
  place: 'flat',
  draw(look) {
    const denim = look.style === 'denim';
    const thread = denim ? '#d9a55c' : darker(look.colour, 0.4);
    const twill = denim
      ? '<pattern id="twill" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M-1 6L6 -1" stroke="#fff" stroke-opacity=".2" stroke-width="1.4"/></pattern>'
      : '<pattern id="twill" width="5" height="5" patternUnits="userSpaceOnUse"/>';
    const fade = `<radialGradient id="fade"><stop offset="0" stop-color="#fff" stop-opacity=".4"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>`;
    const side = linear('side', [
      [0, '#14131a', 0.3],
      [0.2, '#14131a', 0],
      [0.44, '#14131a', 0.12],
      [0.5, '#14131a', 0.3],
      [0.56, '#14131a', 0],
      [0.82, '#14131a', 0],
      [1, '#14131a', 0.34],
    ]);
    const press =
      look.style === 'slacks'
        ? `${crease('M322 330L318 900', 4, 0.4)}${crease('M478 330L482 900', 4, 0.4)}`
        : '';
    const worn = denim
      ? '<ellipse cx="312" cy="520" rx="44" ry="190" fill="url(#fade)"/><ellipse cx="488" cy="520" rx="44" ry="190" fill="url(#fade)"/>'
      : '';
    return `<defs>${drape('main', look.colour)}${twill}${fade}${side}</defs><path d="${legs}" fill="#1d1712" opacity=".32" transform="translate(28 24)" filter="url(#blur22)"/>
<g filter="url(#cloth)"><path d="M276 160C350 140 450 140 524 160L516 196H284Z" fill="${darker(look.colour, 0.55)}"/><path d="${legs}" fill="url(#main)"/><path d="${legs}" fill="url(#twill)"/>${worn}<path d="${legs}" fill="url(#side)"/>${press}
<path d="M268 170C340 184 460 184 532 170L537 218C460 230 340 230 263 218Z" fill="${lighter(look.colour, 0.06)}" stroke="#14131a" stroke-opacity=".3" stroke-width="2"/>${stitches('M266 212C340 224 460 224 535 212', thread, 0.9)}
${mirrored(`<path d="M284 168v54h12v-53zM366 176v54h12v-54z" fill="${darker(look.colour, 0.1)}" stroke="#14131a" stroke-opacity=".3"/>${crease('M340 228C336 270 306 300 258 312', 4, 0.4)}${stitches('M346 228C342 278 308 308 256 320', thread, 0.9)}${stitches('M266 888C296 898 338 898 368 892', thread, 0.9)}${crease('M398 430C380 450 350 460 330 452', 5, 0.35)}`)}
${crease('M402 230C404 300 402 370 400 430', 4, 0.5)}${stitches('M428 230C430 300 424 350 402 376', thread, 0.9)}<circle cx="402" cy="200" r="9" fill="${denim ? '#b98a4a' : lighter(look.colour, 0.3)}" stroke="#333" stroke-opacity=".5"/></g>`;
  },
};

const flare =
  'M296 190C360 200 440 200 504 190C548 380 610 600 650 812C560 858 240 858 150 812C190 600 252 380 296 190Z';

/** A long skirt; `pleated` folds, or plain with soft waves. */
export const skirt: Drawing = {
  place: 'flat',
  draw(look) {
    const folds = Array.from({ length: 13 }, (_, index) => {
      const top = 304 + index * 16;
      const bottom = 168 + index * 38.6;
      return `<path d="M${top} 206L${bottom} 826L${bottom + 17} 838L${top + 7} 206Z" fill="#14131a" opacity=".2"/><path d="M${top + 7} 206L${bottom + 17} 838L${bottom + 24} 838L${top + 10} 206Z" fill="#fff" opacity=".16"/>`;
    }).join('');
    return `<defs>${drape('main', look.colour)}</defs><path d="${flare}" fill="#1d1712" opacity=".3" transform="translate(28 24)" filter="url(#blur22)"/><g filter="url(#crisp)"><path d="M302 178C350 162 450 162 498 178V200H302Z" fill="${darker(look.colour, 0.5)}"/><path d="${flare}" fill="url(#main)"/>${folds}<path d="M295 182C350 196 450 196 505 182L512 232C450 244 350 244 288 232Z" fill="${darker(look.colour, 0.08)}" stroke="#14131a" stroke-opacity=".25" stroke-width="2"/>${stitches('M292 226C350 238 450 238 508 226', darker(look.colour, 0.4))}</g>`;
  },
};

const dressBody =
  'M330 176C316 190 300 220 286 262C296 330 310 380 312 440C290 560 220 720 180 872C300 914 500 914 620 872C580 720 510 560 488 440C490 380 504 330 514 262C500 220 484 190 470 176C456 232 430 262 400 266C370 262 344 232 330 176Z';

/** A dress with a gathered waist; style `floral` or plain. */
export const dress: Drawing = {
  place: 'flat',
  draw(look) {
    const bloom = (x: number, y: number, size: number): string =>
      `<g transform="translate(${x} ${y}) scale(${size})">${[0, 72, 144, 216, 288].map((turn) => `<ellipse rx="5" ry="8" cy="-8" fill="${look.accent}" transform="rotate(${turn})"/>`).join('')}<circle r="4" fill="#f3d27a"/></g>`;
    const pattern = `<pattern id="bloom" width="76" height="84" patternUnits="userSpaceOnUse">${look.style === 'floral' ? `${bloom(20, 22, 1)}${bloom(58, 62, 0.8)}<path d="M34 60q10 -12 4 -24" stroke="#6f8a5e" stroke-width="2.4" fill="none"/>` : ''}</pattern>`;
    const gathers = Array.from({ length: 16 }, (_, index) => {
      const x = 318 + index * 11;
      const end = 200 + index * 27;
      return crease(
        `M${x} 452C${x + (index - 8) * 4} 560 ${end + 10} 700 ${end} ${820 + (index % 3) * 20}`,
        5,
        index % 2 === 0 ? 0.2 : 0.1,
      );
    }).join('');
    const sleeve =
      'M330 178C280 206 256 260 236 330C226 370 226 400 240 412C262 424 290 424 306 414C302 350 300 290 290 250Z';
    return `<defs>${drape('main', look.colour)}${pattern}</defs><path d="${dressBody}" fill="#1d1712" opacity=".3" transform="translate(28 24)" filter="url(#blur22)"/><g filter="url(#cloth)">${mirrored(`<path d="${sleeve}" fill="url(#main)" stroke="#14131a" stroke-opacity=".2" stroke-width="2"/><path d="${sleeve}" fill="url(#bloom)"/><path d="M232 394C256 410 284 410 308 400L306 420C284 430 256 428 236 414Z" fill="${darker(look.colour, 0.12)}"/>`)}<path d="M331 178C370 190 430 190 469 178C458 232 430 262 400 266C370 262 342 232 331 174Z" fill="${darker(look.colour, 0.3)}"/><path d="${dressBody}" fill="url(#main)"/><path d="${dressBody}" fill="url(#bloom)"/>${gathers}<path d="M311 428C360 440 440 440 489 428L488 458C440 468 360 468 312 458Z" fill="${darker(look.colour, 0.12)}"/>${mirrored(crease('M292 262C306 300 312 360 312 440', 5, 0.3))}<path d="M333 184C346 236 371 260 400 264C429 260 454 236 467 184" fill="none" stroke="${darker(look.colour, 0.15)}" stroke-width="7"/>${stitches('M190 860C300 898 500 898 610 860', darker(look.colour, 0.4))}<path d="M404 446C420 520 414 580 424 640M396 446C380 520 388 570 376 622" fill="none" stroke="${darker(look.colour, 0.2)}" stroke-width="9" stroke-linecap="round"/></g>`;
  },
};
