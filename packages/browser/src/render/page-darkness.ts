/** Rec. 709 weights are enough to tell a dark page from a light one. */
function isDarkColour(colour: string): boolean | undefined {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return alpha < 0.5 ? undefined : 0.2126 * red + 0.7152 * green + 0.0722 * blue < 96;
}

/** Whether the shop's page itself is dark now, by the first background that is painted. */
export function isPageDark(): boolean {
  for (const page of [document.body, document.documentElement]) {
    const isDark = isDarkColour(getComputedStyle(page).backgroundColor);
    if (isDark !== undefined) {
      return isDark;
    }
  }
  return getComputedStyle(document.documentElement).colorScheme.includes('dark');
}
