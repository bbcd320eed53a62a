const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Markup that is known to be safe; everything else is escaped when it is put into markup. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

function put(part: Part): string {
  if (part instanceof Html) {
    return part.text;
  }
  if (part === undefined || part === false) {
    return '';
  }
  return typeof part === 'string' || typeof part === 'number'
    ? escapeHtml(String(part))
    : part.map(put).join('');
}

/** Markup with its values escaped; `false` and `undefined` leave nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((all, piece, index) => all + put(parts[index - 1]) + piece));
}

/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
