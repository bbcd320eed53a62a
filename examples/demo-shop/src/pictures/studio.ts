import { darker, lighter } from './colour.ts';

/** The backdrop's colour. */
export const grounds = {
  sand: '#e9e0d2',
  linen: '#f1ece3',
  sage: '#d5dccd',
  mist: '#dbe2e6',
  blush: '#efdcd5',
  butter: '#f2e6c4',
  lilac: '#e2dce8',
  clay: '#dcc3b0',
} as const;
export type Ground = keyof typeof grounds;

/** What a picture shows: a drawing, its colours, and its surroundings. */
export interface Look {
  readonly kind: string;
  readonly colour: string;
  readonly accent: string;
  readonly ground: Ground;
  /** A variation that the drawing knows, such as `stripe`. */
  readonly style?: string | undefined;
  /** Moves folds and grain, so that two pictures of a kind differ. */
  readonly seed: number;
}

/** A drawing on a canvas of 800 by 1000; `flat` lies or hangs before the wall, `standing` stands on a table. */
export interface Drawing {
  readonly place: 'flat' | 'standing';
  readonly draw: (look: Look) => string;
}

const blur = (radius: number): string =>
  `<filter id="blur${radius}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="${radius}"/></filter>`;

/** Folds by lighting coarse noise, the weave by fine noise; both only where there is cloth. */
function clothFilter(id: string, seed: number, fold: number, weave: number): string {
  return `<filter id="${id}" x="-4%" y="-4%" width="108%" height="108%" color-interpolation-filters="sRGB">
<feTurbulence type="fractalNoise" baseFrequency=".0085 .0042" numOctaves="2" seed="${seed}" result="n"/>
<feDiffuseLighting in="n" surfaceScale="${fold}" diffuseConstant="1.27" lighting-color="#fff" result="l"><feDistantLight azimuth="215" elevation="57"/></feDiffuseLighting>
<feTurbulence type="fractalNoise" baseFrequency=".55 .75" numOctaves="2" seed="${seed + 3}" result="w"/>
<feColorMatrix in="w" values="0 0 0 0 .1  0 0 0 0 .09  0 0 0 0 .1  ${weave} ${weave} 0 0 -${(weave * 0.98).toFixed(2)}" result="g"/>
<feBlend in="SourceGraphic" in2="l" mode="multiply" result="f"/>
<feMerge result="m"><feMergeNode in="f"/><feMergeNode in="g"/></feMerge>
<feComposite in="m" in2="SourceAlpha" operator="in"/></filter>`;
}

/** Specks in the glaze of stoneware. */
function speckleFilter(seed: number): string {
  return `<filter id="speckle" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">
<feTurbulence type="fractalNoise" baseFrequency=".19" numOctaves="2" seed="${seed}" result="n"/>
<feColorMatrix in="n" values="0 0 0 0 .25  0 0 0 0 .19  0 0 0 0 .14  0 9 0 0 -6.5" result="s"/>
<feMerge result="m"><feMergeNode in="SourceGraphic"/><feMergeNode in="s"/></feMerge>
<feComposite in="m" in2="SourceAlpha" operator="in"/></filter>`;
}

/** Long streaks: wood, brushed metal. */
function grainFilter(seed: number): string {
  return `<filter id="grain" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">
<feTurbulence type="fractalNoise" baseFrequency=".09 .006" numOctaves="4" seed="${seed}" result="n"/>
<feColorMatrix in="n" values="0 0 0 0 .2  0 0 0 0 .1  0 0 0 0 .04  0 1.5 0 0 -.72" result="s"/>
<feMerge result="m"><feMergeNode in="SourceGraphic"/><feMergeNode in="s"/></feMerge>
<feComposite in="m" in2="SourceAlpha" operator="in"/></filter>`;
}

/** Filters every drawing may use. */
export function sharedDefs(seed: number): string {
  return [
    blur(2),
    blur(4),
    blur(8),
    blur(22),
    blur(40),
    clothFilter('cloth', seed, 15, 0.42),
    clothFilter('crisp', seed, 7, 0.22),
    clothFilter('wool', seed, 10, 0.58),
    speckleFilter(seed),
    grainFilter(seed),
  ].join('');
}

function backdrop(look: Look, place: Drawing['place']): string {
  const tone = grounds[look.ground];
  const wall = `<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${lighter(tone, 0.55)}"/><stop offset=".6" stop-color="${tone}"/><stop offset="1" stop-color="${darker(tone, 0.09)}"/></linearGradient>`;
  const table = `<linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${darker(tone, 0.07)}"/><stop offset=".25" stop-color="${lighter(tone, 0.25)}"/><stop offset="1" stop-color="${tone}"/></linearGradient>`;
  const window = `<g opacity=".34" filter="url(#blur22)" fill="#fffdf6"><path d="M-40 120L210 -60H330L-40 300z"/><path d="M-40 400L470 -60H600L-40 560z"/></g>`;
  const floor =
    place === 'standing'
      ? `<rect y="716" width="800" height="284" fill="url(#table)"/><rect y="700" width="800" height="30" fill="${darker(tone, 0.12)}" opacity=".35" filter="url(#blur8)"/>`
      : '';
  return `<defs>${wall}${table}</defs><rect width="800" height="1000" fill="url(#wall)"/>${floor}${window}`;
}

/** A whole picture: backdrop, light, and the thing. */
export function picture(look: Look, drawing: Drawing): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${drawing.place === 'standing' ? '64 108 680 850' : '40 46 720 900'}" width="720" height="900"><defs>${sharedDefs(look.seed)}</defs>${backdrop(look, drawing.place)}${drawing.draw(look)}</svg>`;
}
