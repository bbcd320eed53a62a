/** Columns that a character takes on a terminal: Hangul, Han, Kana and wide forms take two. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0);
}

/** Pairs of what and where in a frame, the names aligned. An empty name leaves its place free. */
export function frame(
  title: string,
  rows: readonly (readonly [name: string, value: string])[],
): string {
  const nameWidth = Math.max(...rows.map(([name]) => widthOf(name)));
  const lines = rows.map(
    ([name, value]) => `${name}${' '.repeat(nameWidth - widthOf(name))}   ${value}`,
  );
  const width = Math.max(widthOf(title) + 2, ...lines.map(widthOf));
  const body = lines.map((line) => `│  ${line}${' '.repeat(width - widthOf(line))}  │`);
  return [
    `╭─ ${title} ${'─'.repeat(width + 1 - widthOf(title))}╮`,
    ...body,
    `╰${'─'.repeat(width + 4)}╯`,
  ].join('\n');
}
