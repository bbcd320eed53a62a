import { darker, lighter } from './colour.ts';
import { crease, drape, linear, mirrored, stitches } from './paint.ts';
import type { Drawing, Look } from './studio.ts';

const body =
  'M318 214C280 232 244 246 214 262C226 330 240 400 246 470C250 590 246 700 242 812C340 838 460 838 558 812C554 700 550 590 554 470C560 400 574 330 586 262C556 246 520 232 482 214C460 246 340 246 318 214Z';
const longSleeve =
  'M224 256C190 274 176 320 166 390C150 490 134 600 122 716C118 734 120 742 132 746C156 754 182 756 204 750C212 746 214 738 216 724C228 620 240 520 252 420C256 370 246 300 224 256Z';
const shortSleeve =
  'M224 256C186 276 160 330 128 420C122 436 126 444 138 450C170 466 204 478 240 484C250 440 256 370 246 310C242 284 234 268 224 256Z';

/** What is printed or woven into the cloth; an overlay for any outline. */
function weave(look: Look): string {
  const tone = look.accent;
  switch (look.style) {
    case 'stripe':
      return `<pattern id="weave" width="16" height="16" patternUnits="userSpaceOnUse"><rect width="3.4" height="16" fill="${tone}" opacity=".75"/></pattern>`;
    case 'breton':
      return `<pattern id="weave" width="46" height="46" y="10" patternUnits="userSpaceOnUse"><rect width="46" height="17" fill="${tone}" opacity=".94"/></pattern>`;
    case 'check':
      return `<pattern id="weave" width="64" height="64" patternUnits="userSpaceOnUse"><rect width="24" height="64" fill="${tone}" opacity=".5"/><rect width="64" height="24" fill="${tone}" opacity=".5"/><rect x="42" width="3" height="64" fill="#fff" opacity=".5"/><rect y="42" width="64" height="3" fill="#fff" opacity=".5"/></pattern>`;
    case 'rib':
      return `<pattern id="weave" width="11" height="9" patternUnits="userSpaceOnUse"><path d="M0 0L5.5 6L11 0" fill="none" stroke="${darker(look.colour, 0.42)}" stroke-width="1.5" opacity=".5"/><path d="M0 3L5.5 9L11 3" fill="none" stroke="${lighter(look.colour, 0.5)}" stroke-width="1.4" opacity=".5"/></pattern>`;
    default:
      return '<pattern id="weave" width="4" height="4" patternUnits="userSpaceOnUse"/>';
  }
}

/** An outline in cloth: colour, weave, and a darker edge away from the light. */
function clothPiece(path: string): string {
  return `<path d="${path}" fill="url(#main)"/><path d="${path}" fill="url(#weave)"/><path d="${path}" fill="none" stroke="#14131a" stroke-opacity=".16" stroke-width="2.4"/>`;
}

function hung(shape: string, filter: string, pieces: string): string {
  return `<path d="${shape}" fill="#1d1712" opacity=".3" transform="translate(30 26)" filter="url(#blur22)"/><g filter="url(#${filter})">${pieces}</g>`;
}

function sleeves(path: string): string {
  return mirrored(clothPiece(path));
}

const sideShade = `<path d="${body}" fill="url(#side)"/>`;
const sideDef = linear('side', [
  [0, '#14131a', 0.2],
  [0.16, '#14131a', 0],
  [0.8, '#14131a', 0],
  [1, '#14131a', 0.26],
]);

const armholes = mirrored(crease('M228 268C244 330 254 390 250 480', 6, 0.3));

function buttons(look: Look, from: number, count: number, gap: number): string {
  return Array.from({ length: count }, (_, index) => {
    const y = from + index * gap;
    return `<circle cx="401" cy="${y + 2}" r="6.6" fill="#14131a" opacity=".35"/><circle cx="400" cy="${y}" r="6.2" fill="${lighter(look.accent, 0.35)}" stroke="${darker(look.accent, 0.3)}"/><circle cx="398" cy="${y - 1}" r="1" fill="#333"/><circle cx="402" cy="${y + 1}" r="1" fill="#333"/>`;
  }).join('');
}

/** A buttoned shirt; style `plain`, `stripe` or `check`. */
export const shirt: Drawing = {
  place: 'flat',
  draw(look) {
    const seam = darker(look.colour, 0.35);
    const pieces = `${sleeves(longSleeve)}${mirrored(`<path d="M123 700L218 712L213 752C180 760 140 756 120 744Z" fill="${darker(look.colour, 0.06)}" stroke="#14131a" stroke-opacity=".2"/>${stitches('M125 712L214 722', seam)}`)}
<path d="M321 202C350 186 450 186 479 202L474 262H326Z" fill="${darker(look.colour, 0.42)}"/>
${clothPiece(body)}${sideShade}${armholes}
<path d="M381 244H419V826H381Z" fill="${look.colour}" opacity=".55"/>${stitches('M384 250V826', seam)}${stitches('M416 250V826', seam)}
<path d="M447 400H524V480L486 500L447 480Z" fill="url(#main)" stroke="#14131a" stroke-opacity=".25"/><path d="M447 400H524V480L486 500L447 480Z" fill="url(#weave)"/>${stitches('M451 414H520M451 404V478L486 496L520 478V404', seam)}
${buttons(look, 300, 6, 88)}
<path d="M322 200C330 232 360 258 400 274L352 318C326 292 306 252 304 222Z" fill="url(#main)" stroke="#14131a" stroke-opacity=".28" stroke-width="2"/>
<path d="M478 200C470 232 440 258 400 274L448 318C474 292 494 252 496 222Z" fill="url(#main)" stroke="#14131a" stroke-opacity=".28" stroke-width="2"/>
<path d="M322 200C330 232 360 258 400 274L352 318C326 292 306 252 304 222Z" fill="url(#weave)" opacity=".8"/><path d="M478 200C470 232 440 258 400 274L448 318C474 292 494 252 496 222Z" fill="url(#weave)" opacity=".8"/>
${stitches('M312 232C318 258 332 286 352 306L388 272', seam)}${stitches('M488 232C482 258 468 286 448 306L412 272', seam)}
${stitches('M248 800C340 824 460 824 552 800', seam)}`;
    return `<defs>${drape('main', look.colour)}${weave(look)}${sideDef}</defs>${hung(body, 'cloth', pieces)}`;
  },
};

/** A T-shirt; style `plain`, `breton`, or `print` with a small drawn fruit. */
export const tee: Drawing = {
  place: 'flat',
  draw(look) {
    const seam = darker(look.colour, 0.35);
    const print =
      look.style === 'print'
        ? `<g transform="translate(400 440)"><circle r="58" fill="${look.accent}"/><circle cx="-18" cy="-20" r="20" fill="#fff" opacity=".22"/><path d="M0 -54C-4 -84 10 -100 34 -106C38 -80 26 -62 0 -54Z" fill="#5d7a4a"/><path d="M-2 -52C-26 -58 -42 -72 -44 -94C-20 -94 -4 -78 -2 -52Z" fill="#7c9a63"/></g>`
        : '';
    const pieces = `${sleeves(shortSleeve)}${mirrored(stitches('M136 426C168 444 204 456 242 462', seam))}
<path d="M338 205C370 197 430 197 462 205C448 246 428 262 400 264C372 262 352 246 338 205Z" fill="${darker(look.colour, 0.45)}"/>
<path d="${body.replace('C460 246 340 246 318 214Z', 'C460 262 438 282 400 284C362 282 340 262 318 214Z')}" fill="url(#main)"/>
<path d="${body.replace('C460 246 340 246 318 214Z', 'C460 262 438 282 400 284C362 282 340 262 318 214Z')}" fill="url(#weave)"/>${sideShade.replace(body, body.replace('C460 246 340 246 318 214Z', 'C460 262 438 282 400 284C362 282 340 262 318 214Z'))}${armholes}
<path d="M318 214L338 205C352 244 372 260 400 262C428 260 448 244 462 205L482 214C460 264 438 286 400 288C362 286 340 264 318 214Z" fill="${darker(look.colour, 0.04)}" stroke="#14131a" stroke-opacity=".22" stroke-width="2"/>
<path d="M338 205C370 197 430 197 462 205L458 217C430 210 370 210 342 217Z" fill="${darker(look.colour, 0.2)}"/>
<rect x="378" y="224" width="44" height="18" rx="2" fill="#f6f2ea"/><rect x="388" y="231" width="24" height="3" fill="#555"/>
${print}${stitches('M247 796C340 820 460 820 553 796M247 804C340 828 460 828 553 804', seam)}`;
    return `<defs>${drape('main', look.colour)}${weave(look)}${sideDef}</defs>${hung(body, 'cloth', pieces)}`;
  },
};

function cables(colour: string): string {
  const strand = (x: number): string =>
    Array.from({ length: 12 }, (_, index) => {
      const y = 300 + index * 40;
      return `<path d="M${x - 16} ${y}C${x - 16} ${y + 22} ${x + 16} ${y + 18} ${x + 16} ${y + 40}" stroke="${darker(colour, 0.4)}" stroke-opacity=".55" stroke-width="15"/><path d="M${x - 16} ${y}C${x - 16} ${y + 22} ${x + 16} ${y + 18} ${x + 16} ${y + 40}" stroke="${lighter(colour, 0.25)}" stroke-width="10"/><path d="M${x + 16} ${y}C${x + 16} ${y + 22} ${x - 16} ${y + 18} ${x - 16} ${y + 40}" stroke="${darker(colour, 0.4)}" stroke-opacity=".55" stroke-width="15"/><path d="M${x + 16} ${y}C${x + 16} ${y + 22} ${x - 16} ${y + 18} ${x - 16} ${y + 40}" stroke="${colour}" stroke-width="10"/>`;
    }).join('');
  return `<g fill="none" stroke-linecap="round">${strand(310)}${strand(400)}${strand(490)}</g>`;
}

/** A sweater; style `cable`, `cardigan` or plain. */
export const knit: Drawing = {
  place: 'flat',
  draw(look) {
    const dark = darker(look.colour, 0.14);
    const rib = `<pattern id="rib" width="9" height="40" patternUnits="userSpaceOnUse"><rect width="4" height="40" fill="#14131a" opacity=".2"/><rect x="5" width="2.5" height="40" fill="#fff" opacity=".14"/></pattern>`;
    const hem =
      'M244 776C340 800 460 800 556 776L554 838C520 852 460 860 400 860C340 860 280 852 246 838Z';
    const cuff = 'M126 684L222 694L212 762C186 772 146 770 122 758Z';
    const ribbed = (path: string): string =>
      `<path d="${path}" fill="${dark}"/><path d="${path}" fill="url(#rib)"/><path d="${path}" fill="none" stroke="#14131a" stroke-opacity=".15" stroke-width="2"/>`;
    const open = look.style === 'cardigan';
    const neck = 'M322 210C340 330 370 410 398 470';
    const band =
      'M316 214C318 204 326 194 336 190C348 226 370 240 400 240C430 240 452 226 464 190C474 194 482 204 484 214C462 258 438 276 400 276C362 276 338 258 316 214Z';
    const front = open
      ? `<path d="M322 212C340 330 372 420 400 476C428 420 460 330 478 212L450 200H350Z" fill="${darker(look.colour, 0.5)}"/><path d="M400 474V858" stroke="#14131a" stroke-opacity=".35" stroke-width="3"/>${mirrored(`<path d="${neck}V858" fill="none" stroke="${dark}" stroke-width="30"/><path d="${neck}V858" fill="none" stroke="url(#rib)" stroke-width="30"/>`)}${buttons(look, 506, 4, 92)}`
      : `<path d="M336 190C370 180 430 180 464 190L458 264H342Z" fill="${darker(look.colour, 0.5)}"/><path d="${band}" fill="${dark}"/><path d="${band}" fill="url(#rib)"/><path d="${band}" fill="none" stroke="#14131a" stroke-opacity=".25" stroke-width="2"/><path d="M336 190C370 180 430 180 464 190L460 206C430 198 370 198 340 206Z" fill="${darker(look.colour, 0.28)}"/>`;
    const pieces = `${sleeves(longSleeve)}${mirrored(ribbed(cuff))}${clothPiece(body)}${look.style === 'cable' ? `<clipPath id="torso"><path d="${body}"/></clipPath><g clip-path="url(#torso)">${cables(look.colour)}</g>` : ''}${ribbed(hem)}${sideShade}${armholes}${front}`;
    return `<defs>${drape('main', look.colour)}${weave({ ...look, style: 'rib' })}${sideDef}${rib}</defs>${hung(body, 'wool', pieces)}`;
  },
};
