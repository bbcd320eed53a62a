import { Tokenizer, TypeGuards } from 'liquidjs';

/** Attributes whose value the browser loads or goes to. */
const addresses = new Set([
  'action',
  'background',
  'cite',
  'data',
  'formaction',
  'href',
  'ping',
  'poster',
  'src',
  'xlink:href',
]);

/** Attributes whose value is read as something else than text, so that escaping does not tame it. */
const isCode = (attribute: string) => /^(?:on.*|style|srcdoc|srcset)$/.test(attribute);

/** Elements whose content is read as something else than text. */
const codeElements = new Set(['script', 'style', 'iframe', 'noscript', 'xmp', 'plaintext']);

type Place =
  | { readonly kind: 'text' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'code'; readonly element: string }
  | { readonly kind: 'tag' }
  | { readonly kind: 'value'; readonly attribute: string; readonly quote: string };

/**
 * Puts a guard on each output of an HTML template by the place where it stands. Escaping makes a value
 * harmless in text and in a quoted attribute. Where it stands for an address, `| link` is added, which
 * refuses schemes that run scripts. Anywhere else no escaping would do.
 *
 * @returns The template with its guards.
 * @throws {Error} The template does not parse, or an output stands in a script, a style, a comment, a tag or an attribute without quotes.
 */
export function guardHtml(source: string): string {
  let place: Place = { kind: 'text' };
  let element = '';
  let guarded = '';
  for (const token of new Tokenizer(source).readTopLevelTokens()) {
    const text = token.getText();
    if (TypeGuards.isHTMLToken(token)) {
      [place, element] = walk(text, place, element);
    }
    guarded += TypeGuards.isOutputToken(token) ? guardOutput(text, place) : text;
  }
  return guarded;
}

function guardOutput(output: string, place: Place): string {
  switch (place.kind) {
    case 'text':
      return output;
    case 'value':
      if (isCode(place.attribute)) {
        throw new Error(`a value cannot stand in the attribute ${place.attribute}`);
      }
      return addresses.has(place.attribute) ? output.replace(/-?\}\}$/, ' | link$&') : output;
    case 'code':
      throw new Error(
        `a value cannot stand in <${place.element}>: put it in a data- attribute and read it there`,
      );
    case 'tag':
      throw new Error('a value in a tag stands in an attribute with quotes: title="{{ … }}"');
    case 'comment':
      throw new Error('a value cannot stand in a comment');
  }
}

/** Goes through markup as a browser's tokenizer would, as far as places need it. */
function walk(markup: string, from: Place, within: string): readonly [Place, string] {
  let place = from;
  let element = within;
  let rest = markup;
  while (rest !== '') {
    const step = nextStep(rest, place, element);
    place = step.place;
    element = step.element;
    rest = rest.slice(step.length);
  }
  return [place, element];
}

interface Step {
  readonly place: Place;
  readonly element: string;
  /** Characters gone through; at least one. */
  readonly length: number;
}

function nextStep(rest: string, place: Place, element: string): Step {
  switch (place.kind) {
    case 'text':
      return inText(rest, element);
    case 'comment':
      return until(rest, '-->', { place, after: { kind: 'text' }, element });
    case 'code': {
      const end = rest.toLowerCase().indexOf(`</${place.element}`);
      return end === -1
        ? { place, element, length: rest.length }
        : { place: { kind: 'tag' }, element: '', length: end + place.element.length + 2 };
    }
    case 'tag':
      return inTag(rest, element);
    case 'value':
      return until(rest, place.quote, { place, after: { kind: 'tag' }, element });
  }
}

function inText(rest: string, element: string): Step {
  const opened = rest.indexOf('<');
  if (opened === -1) {
    return { place: { kind: 'text' }, element, length: rest.length };
  }
  if (rest.startsWith('<!--', opened)) {
    return { place: { kind: 'comment' }, element, length: opened + 4 };
  }
  const name = /^<([a-z][^\s/>]*)/i.exec(rest.slice(opened, opened + 100))?.[1];
  // `<` at the very end may become a tag with what follows it.
  const isTag = name !== undefined || /^<(?:[/!?]|$)/.test(rest.slice(opened, opened + 2));
  return {
    place: isTag ? { kind: 'tag' } : { kind: 'text' },
    element: name?.toLowerCase() ?? '',
    length: opened + 1 + (name?.length ?? 0),
  };
}

function inTag(rest: string, element: string): Step {
  const value = /^([^\s"'<>/=]+)\s*=\s*(["'])/.exec(rest);
  if (value !== null) {
    const [matched, attribute = '', quote = ''] = value;
    return {
      place: { kind: 'value', attribute: attribute.toLowerCase(), quote },
      element,
      length: matched.length,
    };
  }
  if (rest.startsWith('>')) {
    const place: Place = codeElements.has(element) ? { kind: 'code', element } : { kind: 'text' };
    return { place, element: '', length: 1 };
  }
  const word = /^[^\s"'<>/=]+/.exec(rest)?.[0];
  return { place: { kind: 'tag' }, element, length: word?.length ?? 1 };
}

function until(
  rest: string,
  mark: string,
  {
    place,
    after,
    element,
  }: { readonly place: Place; readonly after: Place; readonly element: string },
): Step {
  const end = rest.indexOf(mark);
  return end === -1
    ? { place, element, length: rest.length }
    : { place: after, element, length: end + mark.length };
}
