type Rgb = readonly [number, number, number];

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `share` 0 gives `from`, 1 gives `to`; both are `#rrggbb`. */
export function mix(from: string, to: string, share: number): string {
  const a = parse(from);
  const b = parse(to);
  const parts = a.map((part, index) => Math.round(part + ((b[index] ?? 0) - part) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Towards a warm white, as light from a window falls. */
export function lighter(hex: string, share: number): string {
  return mix(hex, '#fffaf2', share);
}

/** Towards a cool near-black, as shadows in a studio are. */
export function darker(hex: string, share: number): string {
  return mix(hex, '#14131a', share);
}
