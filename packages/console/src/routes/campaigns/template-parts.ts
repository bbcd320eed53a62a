export interface TemplatePart {
  readonly kind: 'text' | 'slot';
  readonly text: string;
}

/** Splits a Liquid template into what stands as written and what is filled in for each person. */
export function templateParts(template: string): readonly TemplatePart[] {
  return template
    .replace(/\{%-?[\s\S]*?-?%\}/g, '')
    .split(/(\{\{[\s\S]*?\}\})/)
    .filter((text) => text !== '')
    .map((text) => {
      const inner = /^\{\{-?([\s\S]*?)-?\}\}$/.exec(text)?.[1];
      return inner === undefined
        ? { kind: 'text', text }
        : { kind: 'slot', text: (inner.split('|')[0] ?? '').trim() };
    });
}
