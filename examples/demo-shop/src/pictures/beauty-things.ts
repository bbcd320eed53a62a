import { darker, lighter } from './colour.ts';
import { contactShadow, cylinder, gleam, linear, radial } from './paint.ts';
import type { Drawing } from './studio.ts';

function label(x: number, y: number, width: number, height: number, accent: string): string {
  const middle = x + width / 2;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="2" fill="#fcf9f2" opacity=".95"/><circle cx="${middle}" cy="${y + height * 0.24}" r="${width * 0.09}" fill="${accent}"/><path d="M${middle - width * 0.3} ${y + height * 0.5}h${width * 0.6}M${middle - width * 0.2} ${y + height * 0.6}h${width * 0.4}" stroke="#3f3a34" stroke-width="4.4"/><path d="M${middle - width * 0.32} ${y + height * 0.78}h${width * 0.64}M${middle - width * 0.32} ${y + height * 0.86}h${width * 0.5}" stroke="#9c948a" stroke-width="2.4"/>`;
}

/** A serum in a glass bottle with a dropper. */
export const dropper: Drawing = {
  place: 'standing',
  draw(look) {
    const bottle =
      'M352 430H448V470C500 484 526 516 526 560V784C526 814 510 828 482 830H318C290 828 274 814 274 784V560C274 516 300 484 352 470Z';
    return `<defs>${cylinder('glass', look.colour, 0.5)}${cylinder('cap', '#2b2723', 0.4)}${cylinder('rubber', lighter(look.accent, 0.2), 0.5)}</defs>${contactShadow(400, 826, { x: 134, y: 18 })}<path d="M370 340C364 260 370 210 400 208C430 210 436 260 430 340Z" fill="url(#rubber)"/><path d="${bottle}" fill="url(#glass)" opacity=".96"/><path d="M286 600H514V784C514 806 502 818 482 820H318C298 818 286 806 286 784Z" fill="${darker(look.colour, 0.28)}" opacity=".45"/><rect x="394" y="440" width="12" height="330" fill="#fff" opacity=".35"/><rect x="344" y="336" width="112" height="104" rx="8" fill="url(#cap)"/><path d="M350 356H450M350 376H450M350 396H450M350 416H450" stroke="#fff" stroke-opacity=".12" stroke-width="3"/>${label(312, 566, 176, 206, look.accent)}${gleam('M296 560C290 640 290 720 298 790L308 790C302 720 302 640 310 550Z', 0.75)}${gleam('M500 560C508 640 508 720 504 790L498 790C500 720 500 640 492 560Z', 0.4)}`;
  },
};

/** A jar of cream, its lid beside it. */
export const creamJar: Drawing = {
  place: 'standing',
  draw(look) {
    return `<defs>${cylinder('jar', look.colour, 0.6)}${cylinder('lid', look.accent, 0.6)}${radial(
      'cream',
      [
        [0, '#ffffff'],
        [1, '#efe6da'],
      ],
    )}</defs>${contactShadow(360, 820, { x: 210, y: 20 })}${contactShadow(612, 826, { x: 110, y: 14 })}<path d="M150 560H570V770C570 804 552 820 520 822H200C168 820 150 804 150 770Z" fill="url(#jar)"/><ellipse cx="360" cy="560" rx="210" ry="52" fill="${darker(look.colour, 0.16)}"/><ellipse cx="360" cy="558" rx="190" ry="44" fill="url(#cream)"/><path d="M240 556C270 520 330 530 350 552C370 520 440 520 470 550C430 570 400 546 376 570C340 590 280 584 240 556Z" fill="#fff"/><path d="M260 558C300 540 330 552 352 566C390 540 430 544 452 552" fill="none" stroke="#d9cdbc" stroke-width="5"/><ellipse cx="360" cy="560" rx="210" ry="52" fill="none" stroke="${lighter(look.colour, 0.6)}" stroke-width="7"/>${label(276, 644, 168, 132, look.accent)}${gleam('M180 630C178 690 182 740 192 790L208 790C200 740 198 690 202 630Z')}<g transform="translate(612 720)"><path d="M-100 0C-100 -30 100 -30 100 0V74C100 104 -100 104 -100 74Z" fill="url(#lid)"/><ellipse rx="100" ry="26" fill="${lighter(look.accent, 0.3)}"/><ellipse cx="-14" cy="-4" rx="62" ry="11" fill="#fff" opacity=".3"/></g>`;
  },
};

/** A squeezable tube standing on its cap. */
export const tube: Drawing = {
  place: 'standing',
  draw(look) {
    const body = 'M266 180H534C532 360 520 560 500 716H300C280 560 268 360 266 180Z';
    return `<defs>${cylinder('tube', look.colour, 0.5)}${cylinder('cap', look.accent, 0.5)}</defs>${contactShadow(400, 828, { x: 104, y: 16 })}<path d="${body}" fill="url(#tube)"/><path d="M262 160H538V204H262Z" fill="${darker(look.colour, 0.1)}"/><path d="M270 168H530M270 178H530M270 188H530" stroke="#14131a" stroke-opacity=".14" stroke-width="3"/><path d="M304 716H496V800C496 820 484 830 466 832H334C316 830 304 820 304 800Z" fill="url(#cap)"/><path d="M304 724H496" stroke="#14131a" stroke-opacity=".25" stroke-width="4"/><circle cx="400" cy="320" r="36" fill="${look.accent}"/><path d="M400 286C396 256 412 242 436 236C440 262 426 280 400 286Z" fill="#7c9a63"/><path d="M330 420h140M350 446h100" stroke="${darker(look.colour, 0.65)}" stroke-width="7"/><path d="M340 560h120M340 578h92M340 596h108" stroke="${darker(look.colour, 0.45)}" stroke-width="3"/>${gleam('M300 230C302 400 312 560 326 700L340 700C328 560 320 400 322 230Z', 0.55)}`;
  },
};

/** Bars of soap, one wrapped with a paper band. */
export const soap: Drawing = {
  place: 'standing',
  draw(look) {
    const bar = (y: number, tone: string, id: string): string =>
      `<defs>${linear(
        id,
        [
          [0, lighter(tone, 0.35)],
          [0.6, tone],
          [1, darker(tone, 0.28)],
        ],
        true,
      )}</defs><g filter="url(#speckle)"><path d="M196 ${y + 40}C190 ${y} 220 ${y - 8} 260 ${y - 8}H540C580 ${y - 8} 612 ${y} 606 ${y + 40}V${y + 110}C606 ${y + 146} 580 ${y + 152} 540 ${y + 152}H260C220 ${y + 152} 196 ${y + 146} 196 ${y + 110}Z" fill="url(#${id})"/></g><ellipse cx="400" cy="${y + 22}" rx="180" ry="18" fill="#fff" opacity=".28" filter="url(#blur8)"/>`;
    return `${contactShadow(400, 816, { x: 220, y: 20 })}${bar(664, look.accent, 'soapA')}<g transform="rotate(-3 400 560)">${bar(504, look.colour, 'soapB')}<path d="M330 495H470V657H330Z" fill="#f7f1e4"/><circle cx="400" cy="556" r="20" fill="#c9572c"/><path d="M356 604h88M370 622h60" stroke="#4a443c" stroke-width="5"/></g><g transform="translate(560 440)"><path d="M-120 40C-90 -30 -30 -70 60 -90" stroke="#5f7750" stroke-width="6" fill="none"/>${[0, 1, 2, 3, 4].map((index) => `<ellipse rx="11" ry="30" fill="#7f9a6a" transform="translate(${-100 + index * 36} ${10 - index * 24}) rotate(${20 + index * 8})"/>`).join('')}</g>`;
  },
};

/** A pump bottle, for hair or hands. */
export const pump: Drawing = {
  place: 'standing',
  draw(look) {
    const bottle =
      'M280 450C280 414 310 396 352 390H448C490 396 520 414 520 450V784C520 814 504 828 476 830H324C296 828 280 814 280 784Z';
    return `<defs>${cylinder('bottle', look.colour, 0.4)}${cylinder('head', look.accent, 0.45)}</defs>${contactShadow(400, 828, { x: 128, y: 18 })}<rect x="386" y="250" width="28" height="100" fill="url(#head)"/><path d="M300 220C300 206 312 200 326 200H440C456 200 462 212 462 226V256H366C346 256 336 262 330 280L304 276C302 258 300 240 300 220Z" fill="url(#head)"/><path d="M346 336H454V396H346Z" fill="url(#head)"/><path d="${bottle}" fill="url(#bottle)"/>${label(312, 500, 176, 250, look.accent)}${gleam('M298 460C294 560 296 690 304 790L314 790C308 690 306 560 312 450Z', 0.65)}`;
  },
};
