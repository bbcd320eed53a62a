import type { BrandTokens } from '@tenth/model/workspace.ts';

/** Colours as drawn, all `#rrggbb`. */
export interface Palette {
  readonly surface: string;
  readonly onSurface: string;
  /** Buttons and bars. */
  readonly primary: string;
  readonly onPrimary: string;
}

const HEX = /^#[0-9a-fA-F]{6}$/;
const DEFAULTS: BrandTokens = {
  primary: '#1a1a2e',
  onPrimary: '#ffffff',
  surface: '#ffffff',
  onSurface: '#1a1a1a',
  radiusPx: 12,
  fontFamily: 'inherit',
};

/** The brand as the server sent it, each token that is not one replaced by its default. */
export function readBrand(raw: unknown): BrandTokens {
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const colour = (name: 'primary' | 'onPrimary' | 'surface' | 'onSurface') => {
    const value = given[name];
    return typeof value === 'string' && HEX.test(value) ? value : DEFAULTS[name];
  };
  const { radiusPx, fontFamily } = given;
  return {
    primary: colour('primary'),
    onPrimary: colour('onPrimary'),
    surface: colour('surface'),
    onSurface: colour('onSurface'),
    radiusPx:
      typeof radiusPx === 'number' && radiusPx >= 0 && radiusPx <= 40
        ? radiusPx
        : DEFAULTS.radiusPx,
    fontFamily:
      typeof fontFamily === 'string' && /^[\p{L}\p{N} ,'"-]+$/u.test(fontFamily)
        ? fontFamily
        : DEFAULTS.fontFamily,
  };
}

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** WCAG 2 relative luminance, 0 to 1. */
export function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

/** A grey, near enough: a brand that chose a coloured surface wants that colour at night, too. */
function isNeutral(hex: string): boolean {
  const all = channels(hex);
  return Math.max(...all) - Math.min(...all) <= 24;
}

const DARK_SURFACE = '#1c1c1f';
const DARK_TEXT = '#f4f4f5';

/** Below this a button cannot be told from the surface it lies on (WCAG 1.4.11). */
const MIN_SHAPE_CONTRAST = 3;

/** The brand's colours for a light or a dark surrounding. */
export function paletteFor(brand: BrandTokens, isDark: boolean): Palette {
  const isTurned = isDark && isNeutral(brand.surface) && luminance(brand.surface) > 0.5;
  const surface = isTurned ? DARK_SURFACE : brand.surface;
  const onSurface = isTurned ? DARK_TEXT : brand.onSurface;
  const { primary, onPrimary } = brand;
  const isLost = isTurned && contrast(primary, surface) < MIN_SHAPE_CONTRAST;
  if (!isLost) {
    return { surface, onSurface, primary, onPrimary };
  }
  // A navy button vanishes on a dark surface: the brand's two colours change places, or, where the
  // other one is dark as well, the neutral pair stands in.
  return contrast(onPrimary, surface) >= MIN_SHAPE_CONTRAST
    ? { surface, onSurface, primary: onPrimary, onPrimary: primary }
    : { surface, onSurface, primary: DARK_TEXT, onPrimary: DARK_SURFACE };
}
