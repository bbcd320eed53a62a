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

/** A wide picture, 1200 by 720: three things side by side before one wall. */
export function drawBanner(
  looks: readonly (Look & { readonly kind: DrawingKind })[],
  ground: keyof typeof grounds,
): string {
  const tone = grounds[ground];
  const pieces = looks.map((look, index) => {
    const x = -6 + index * 378;
    const y = index % 2 === 0 ? 40 : 96;
    return `<svg x="${x}" y="${y}" width="456" height="570" viewBox="0 0 800 1000" overflow="visible">${scoped(`<defs>${sharedDefs(look.seed)}</defs>${drawings[look.kind].draw(look)}`, `p${index}`)}</svg>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 720" width="1200" height="720"><defs><linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${lighter(tone, 0.4)}"/><stop offset=".6" stop-color="${tone}"/><stop offset="1" stop-color="${darker(tone, 0.14)}"/></linearGradient><filter id="soft"><feGaussianBlur stdDeviation="24"/></filter></defs><rect width="1200" height="720" fill="url(#wall)"/><g opacity=".4" fill="#fffdf6" filter="url(#soft)"><path d="M-40 480L520 -80H700L-40 690z"/><path d="M300 800L1100 -80H1210L470 800z"/></g>${pieces.join('')}</svg>`;
}
