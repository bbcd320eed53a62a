import { darker, lighter } from './colour.ts';
import { type DrawingKind, drawings } from './drawings.ts';
import { grounds, type Look, sharedDefs } from './studio.ts';

/** Ids are unique within a document only, so each drawing in a banner gets its own. */
function scoped(drawing: string, prefix: string): string {
  return drawing
    .replaceAll(/\bid="/g, `id="${prefix}`)
    .replaceAll(/url\(#/g, `url(#${prefix}`)
    .replaceAll(/href="#/g, `href="#${prefix}`);
}

/** A wide picture, 1600 by 640: several things side by side before one wall, room for words at the left. */
export function drawBanner(
  looks: readonly (Look & { readonly kind: DrawingKind })[],
  ground: keyof typeof grounds,
): string {
  const tone = grounds[ground];
  const pieces = looks.map((look, index) => {
    const x = 560 + index * 330;
    const y = index % 2 === 0 ? 10 : 70;
    return `<svg x="${x}" y="${y}" width="450" height="562" viewBox="0 0 800 1000" overflow="visible">${scoped(`<defs>${sharedDefs(look.seed)}</defs>${drawings[look.kind].draw(look)}`, `p${index}`)}</svg>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 640" width="1600" height="640"><defs><linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${lighter(tone, 0.4)}"/><stop offset=".6" stop-color="${tone}"/><stop offset="1" stop-color="${darker(tone, 0.14)}"/></linearGradient><filter id="soft"><feGaussianBlur stdDeviation="24"/></filter></defs><rect width="1600" height="640" fill="url(#wall)"/><g opacity=".4" fill="#fffdf6" filter="url(#soft)"><path d="M-40 420L520 -80H700L-40 620z"/><path d="M300 700L1100 -80H1200L460 720z"/></g>${pieces.join('')}</svg>`;
}
