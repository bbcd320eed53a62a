import type { BrandTokens } from '@tenth/model/workspace.ts';
import { type Palette, paletteFor } from './palette.ts';
import bar from './styles/bar.css';
import base from './styles/base.css';
import inline from './styles/inline.css';
import overlay from './styles/overlay.css';
import parts from './styles/parts.css';
import slideIn from './styles/slide-in.css';

/** What stands in for a brand font that the visitor's device lacks; Korean first. */
const FALLBACK_FONTS =
  "system-ui, -apple-system, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', sans-serif";

/**
 * Constructed sheets, because they need no leave from the page's Content-Security-Policy, where a
 * `<style>` or a `style` attribute would.
 */
function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

let fixedSheet: CSSStyleSheet | undefined;

function declarations(palette: Palette): string {
  return `--surface:${palette.surface};--on-surface:${palette.onSurface};--primary:${palette.primary};--on-primary:${palette.onPrimary};`;
}

/**
 * The sheets of one message.
 *
 * @param mayBeDark False where the message lies in a page that stays light at night.
 */
export function styleSheets(brand: BrandTokens, mayBeDark: boolean): CSSStyleSheet[] {
  fixedSheet ??= sheet(base + parts + overlay + slideIn + bar + inline);
  const font =
    brand.fontFamily === 'inherit' ? 'inherit' : `${brand.fontFamily}, ${FALLBACK_FONTS}`;
  // A bar lies on the page, not on a surface: it keeps the brand's colours by night.
  const bars = `--bar:${brand.primary};--on-bar:${brand.onPrimary};`;
  const light = `:host{${declarations(paletteFor(brand, false))}${bars}--radius:${brand.radiusPx}px;--font:${font}}`;
  const dark = `@media (prefers-color-scheme:dark){:host{${declarations(paletteFor(brand, true))}}}`;
  return [fixedSheet, sheet(mayBeDark ? light + dark : light)];
}
