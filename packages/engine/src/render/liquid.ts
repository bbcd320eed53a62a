import { fromMinor, toMinor } from '@tenth/model/money.ts';
import { Liquid, type Template } from 'liquidjs';

/** Characters and milliseconds after which a template is given up: a message is never that long. */
const limits = { parseLimit: 100_000, renderLimit: 50, memoryLimit: 1_000_000 };

const formats = new Map<string, Intl.NumberFormat>();

/** `10000` in KRW is `₩10,000`, in the manner of the message's language. */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale === 'ko' ? 'ko-KR' : 'en-US', {
      style: 'currency',
      currency,
    });
    if (formats.size < 64) {
      formats.set(key, format);
    }
  }
  // Sums such as 0.1 + 0.2 are brought back to the currency's own places first.
  return format.format(fromMinor(toMinor(amount, currency), currency));
}

function liquid(escapesOutput: boolean): Liquid {
  const engine = new Liquid({
    ...limits,
    ownPropertyOnly: true,
    strictFilters: true,
    // No file is ever read: `include`, `render` and `layout` find nothing.
    templates: {},
    ...(escapesOutput ? { outputEscape: 'escape' as const } : {}),
  });
  engine.registerFilter('money', function money(value: unknown, currency: unknown) {
    const amount = Number(value);
    const [inCart, locale] = [
      this.context.getSync(['cart', 'currency']),
      this.context.getSync(['locale']),
    ];
    const code = typeof currency === 'string' ? currency : String(inCart);
    return Number.isFinite(amount) && /^[A-Z]{3}$/.test(code)
      ? formatMoney(amount, code, String(locale))
      : '';
  });
  return engine;
}

const plain = liquid(false);
const escaping = liquid(true);

export interface CompiledTemplate {
  render(view: object): string;
}

/**
 * Parses a Liquid template once. With `html` every output is escaped; plain texts are not, because
 * they only ever reach a page as text nodes.
 *
 * @throws liquidjs ParseError, when the template is not valid.
 */
export function compileTemplate(source: string, kind: 'text' | 'html'): CompiledTemplate {
  if (!source.includes('{{') && !source.includes('{%')) {
    return { render: () => source };
  }
  const engine = kind === 'html' ? escaping : plain;
  const template: Template[] = engine.parse(source);
  return { render: (view) => String(engine.renderSync(template, view)) };
}
