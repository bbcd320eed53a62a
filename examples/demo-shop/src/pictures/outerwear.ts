import { darker, lighter } from './colour.ts';
import { crease, drape, linear, mirrored, stitches } from './paint.ts';
import type { Drawing, Look } from './studio.ts';

interface Cut {
  readonly body: string;
  readonly sleeve: string;
  readonly hemY: number;
}

const shortCut: Cut = {
  hemY: 800,
  body: 'M312 206C276 226 236 240 204 258C220 330 234 400 238 470C242 590 236 700 232 800C340 816 460 816 568 800C564 700 558 590 562 470C566 400 580 330 596 258C564 240 524 226 488 206Z',
  sleeve:
    'M214 250C176 270 162 320 152 392C136 500 122 610 112 716C108 738 114 746 128 750C154 756 182 758 206 750C214 620 232 520 246 420C250 360 240 296 214 250Z',
};

const longCut: Cut = {
  hemY: 912,
  body: 'M318 150C282 168 248 180 220 196C232 270 248 340 252 410C252 560 232 740 216 906C340 926 460 926 584 906C568 740 548 560 548 410C552 340 568 270 580 196C552 180 518 168 482 150Z',
  sleeve:
    'M228 190C192 208 178 256 168 326C152 430 140 530 130 630C128 650 132 658 146 662C170 668 196 670 216 662C226 550 246 450 258 350C260 300 250 234 228 190Z',
};

function flap(x: number, y: number, width: number): string {
  return `<path d="M${x} ${y}h${width}v64q0 10 -10 10h${-(width - 20)}q-10 0 -10 -10z" fill="url(#main)" stroke="#14131a" stroke-opacity=".3" stroke-width="2"/>`;
}

function fasteners(
  look: Look,
  columns: readonly number[],
  from: number,
  gap: number,
  rows = 4,
): string {
  return columns
    .flatMap((x) =>
      Array.from({ length: rows }, (_, row) => {
        const y = from + row * gap;
        return `<circle cx="${x + 2}" cy="${y + 4}" r="11" fill="#14131a" opacity=".35"/><circle cx="${x}" cy="${y}" r="10.5" fill="${look.accent}" stroke="${darker(look.accent, 0.4)}" stroke-width="2"/><circle cx="${x - 3}" cy="${y - 3}" r="3" fill="#fff" opacity=".35"/>`;
      }),
    )
    .join('');
}

function garment(look: Look, cut: Cut, details: string): string {
  const side = linear('side', [
    [0, '#14131a', 0.24],
    [0.16, '#14131a', 0],
    [0.8, '#14131a', 0],
    [1, '#14131a', 0.3],
  ]);
  const edge = 'fill="url(#main)" stroke="#14131a" stroke-opacity=".18" stroke-width="2.4"';
  return `<defs>${drape('main', look.colour)}${side}</defs><path d="${cut.body}" fill="#1d1712" opacity=".32" transform="translate(30 26)" filter="url(#blur22)"/>
<g filter="url(#cloth)">${mirrored(`<path d="${cut.sleeve}" ${edge}/>`)}<path d="${cut.body}" ${edge}/><path d="${cut.body}" fill="url(#side)"/>${details}</g>`;
}

/** A chore jacket with patch pockets. */
export const jacket: Drawing = {
  place: 'flat',
  draw(look) {
    const seam = lighter(look.colour, 0.45);
    const collar = 'M318 196C324 226 350 254 398 270L340 328C314 296 296 250 298 214Z';
    const pocket = (x: number, y: number, w: number, h: number): string =>
      `<path d="M${x} ${y}h${w}v${h - 14}l-14 14h${-(w - 28)}l-14 -14z" fill="url(#main)" stroke="#14131a" stroke-opacity=".3" stroke-width="2.4"/>${stitches(`M${x + 7} ${y + 6}v${h - 24}l10 11h${w - 34}l10 -11v${-(h - 24)}M${x + 4} ${y + 18}h${w - 8}`, seam, 0.7)}`;
    return garment(
      look,
      shortCut,
      `<path d="M317 198C350 180 450 180 483 198L462 268H338Z" fill="${darker(look.colour, 0.5)}"/>${crease('M400 270V806', 5, 0.4)}${stitches('M388 276V802M412 276V802', seam, 0.6)}
${mirrored(`${pocket(262, 590, 112, 140)}${crease('M222 262C240 330 250 400 248 480', 6, 0.35)}${stitches('M118 716L208 726', seam, 0.6)}<path d="${collar}" fill="url(#main)" stroke="#14131a" stroke-opacity=".35" stroke-width="2.4"/>${stitches('M306 224C310 258 326 290 342 314L386 272', seam, 0.7)}`)}
${pocket(446, 392, 88, 100)}${fasteners(look, [400], 330, 122)}${stitches('M240 786C340 802 460 802 560 786', seam, 0.6)}`,
    );
  },
};

/** A double-breasted coat with a belt. */
export const coat: Drawing = {
  place: 'flat',
  draw(look) {
    const lapel =
      'M326 146C330 210 356 300 398 372L330 330L344 300L292 268C296 220 304 180 312 158Z';
    const belt = darker(look.colour, 0.12);
    return garment(
      look,
      longCut,
      `<path d="M322 150C350 134 450 134 478 150L408 372H394Z" fill="${lighter(look.accent, 0.1)}"/><path d="M346 146C360 200 380 230 400 240C420 230 440 200 454 146C430 136 370 136 346 146Z" fill="${darker(look.colour, 0.55)}"/>
${crease('M430 380C434 560 440 740 446 912', 5, 0.4)}
${mirrored(`<path d="${lapel}" fill="url(#main)" stroke="#14131a" stroke-opacity=".35" stroke-width="2.4"/>${crease('M236 206C252 270 264 330 260 410', 6, 0.35)}`)}
${flap(268, 640, 84)}${flap(448, 640, 84)}
${fasteners(look, [362, 440], 404, 62, 2)}
<path d="M248 520C340 534 460 534 552 520V566C460 580 340 580 248 566Z" fill="${belt}" stroke="#14131a" stroke-opacity=".3" stroke-width="2"/>
<path d="M386 516h56v62h-56z" fill="none" stroke="${look.accent}" stroke-width="9"/><path d="M440 566C456 640 452 700 440 748L476 744C482 690 478 630 466 566Z" fill="${belt}" stroke="#14131a" stroke-opacity=".3" stroke-width="2"/>`,
    );
  },
};

/** A zipped running jacket. */
export const windbreaker: Drawing = {
  place: 'flat',
  draw(look) {
    return garment(
      look,
      shortCut,
      `<path d="M212 250C240 262 300 330 400 344C500 330 560 262 588 250L600 262C590 330 576 380 566 440C500 470 300 470 234 440C224 380 210 330 200 262Z" fill="${look.accent}" opacity=".95"/>
<path d="M316 212C320 160 350 138 400 136C450 138 480 160 484 212C470 250 430 262 400 262C370 262 330 250 316 212Z" fill="${darker(look.colour, 0.1)}" stroke="#14131a" stroke-opacity=".3" stroke-width="2.4"/><path d="M340 204C344 174 364 160 400 158C436 160 456 174 460 204C446 232 354 232 340 204Z" fill="${darker(look.colour, 0.5)}"/>
<path d="M400 240V808" stroke="${darker(look.colour, 0.55)}" stroke-width="9"/><path d="M400 240V808" stroke="#e8e4da" stroke-width="5" stroke-dasharray="4 4"/><rect x="392" y="300" width="16" height="44" rx="6" fill="#d8d4ca" stroke="#555"/>
${mirrored(`${crease('M222 262C240 330 250 400 248 480', 6, 0.35)}${crease('M300 590L270 700', 6, 0.5)}<path d="M112 712L208 724L206 752C180 758 140 756 116 746Z" fill="${darker(look.colour, 0.3)}"/>`)}<rect x="462" y="500" width="70" height="8" rx="4" fill="#f4f1e8" opacity=".9"/>`,
    );
  },
};
