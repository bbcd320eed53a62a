/** The word that was most likely meant: one of at most two slips of the keyboard; undefined if none is. */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const reach = Math.min(2, Math.floor(wanted.length / 3));
  let nearest: string | undefined;
  let least = reach + 1;
  for (const word of known) {
    // Of a phrase, the first word is the one that stands at the place.
    const [first = ''] = word.split(' ', 1);
    const slips = first === wanted ? least : slipsBetween(wanted, first);
    if (slips < least) {
      least = slips;
      nearest = first;
    }
  }
  return nearest;
}

/** How many letters are added, left out, changed or swapped with the next. */
function slipsBetween(a: string, b: string): number {
  let older: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped
            ? (older[column - 2] ?? Number.POSITIVE_INFINITY) + 1
            : Number.POSITIVE_INFINITY,
        ),
      );
    }
    older = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
