import { darker, lighter } from './colour.ts';

type Stop = readonly [offset: number, colour: string, opacity?: number];

function stopTags(stops: readonly Stop[]): string {
  return stops
    .map(
      ([offset, colour, opacity]) =>
        `<stop offset="${offset}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`,
    )
    .join('');
}

/** From left to right unless `down`. */
export function linear(id: string, stops: readonly Stop[], down = false): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="${down ? 0 : 1}" y2="${down ? 1 : 0}">${stopTags(stops)}</linearGradient>`;
}

export function radial(id: string, stops: readonly Stop[], centre = { x: 0.38, y: 0.3 }): string {
  return `<radialGradient id="${id}" cx="${centre.x}" cy="${centre.y}" r="0.85">${stopTags(stops)}</radialGradient>`;
}

/** The light on an upright round thing that a window on the left lights. */
export function cylinder(id: string, colour: string, shine = 0.35): string {
  return linear(id, [
    [0, darker(colour, 0.3)],
    [0.12, darker(colour, 0.08)],
    [0.3, lighter(colour, shine)],
    [0.48, colour],
    [0.8, darker(colour, 0.22)],
    [0.94, darker(colour, 0.38)],
    [1, darker(colour, 0.26)],
  ]);
}

/** Cloth hanging or lying: light from the upper left. */
export function drape(id: string, colour: string): string {
  return `<linearGradient id="${id}" x1="0.1" y1="0" x2="0.9" y2="1">${stopTags([
    [0, lighter(colour, 0.22)],
    [0.45, colour],
    [1, darker(colour, 0.16)],
  ])}</linearGradient>`;
}

/** The same drawing seen in a mirror that stands at x = 400. */
export function mirrored(drawing: string): string {
  return `${drawing}<g transform="translate(800 0) scale(-1 1)">${drawing}</g>`;
}

/** Stitches along a path. */
export function stitches(path: string, colour: string, opacity = 0.55): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-dasharray="6 4" opacity="${opacity}"/>`;
}

/** A crease or an edge: a soft dark line. */
export function crease(path: string, width = 5, opacity = 0.22): string {
  return `<path d="${path}" fill="none" stroke="#14131a" stroke-width="${width}" stroke-linecap="round" opacity="${opacity}" filter="url(#blur4)"/>`;
}

/** Where a thing touches the table. */
export function contactShadow(
  x: number,
  y: number,
  radius: { readonly x: number; readonly y: number },
): string {
  return `<ellipse cx="${x + 46}" cy="${y + 4}" rx="${radius.x * 1.25}" ry="${radius.y * 1.5}" fill="#1d1712" opacity=".2" filter="url(#blur22)"/><ellipse cx="${x + 10}" cy="${y}" rx="${radius.x * 1.02}" ry="${radius.y * 0.8}" fill="#1d1712" opacity=".5" filter="url(#blur8)"/>`;
}

/** A bright streak on glaze, glass or metal. */
export function gleam(path: string, opacity = 0.55): string {
  return `<path d="${path}" fill="#fff" opacity="${opacity}" filter="url(#blur4)"/>`;
}
