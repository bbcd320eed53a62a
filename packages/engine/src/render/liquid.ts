import { fromMinor, toMinor } from '@tenth/model/money.ts';
import { filters, Liquid, type Template, toValueSync } from 'liquidjs';
import { guardHtml } from './guard-html.ts';
import { safeUrl } from './safe-url.ts';
import { shopMoment } from './shop-moment.ts';
import { BudgetedOutput, budgetedContext, languageTag, templateBudget } from './template-budget.ts';

/**
 * What a template may use. Left out is what reads files, draws by chance, runs expressions out of texts,
 * writes past the guards of HTML, or builds up text past the budget.
 */
const allowedTags = new Set('assign break case comment continue for if raw unless #'.split(' '));
const allowedFilters = new Set([
  ...[
    'abs',
    'at_least',
    'at_most',
    'ceil',
    'divided_by',
    'floor',
    'minus',
    'modulo',
    'plus',
    'round',
  ],
  ...['times', 'to_integer', 'default', 'date', 'money', 'link'],
  ...['append', 'capitalize', 'downcase', 'escape', 'escape_once', 'lstrip', 'prepend', 'remove'],
  ...['remove_first', 'remove_last', 'replace', 'replace_first', 'replace_last', 'rstrip', 'slice'],
  ...['split', 'strip', 'strip_html', 'strip_newlines', 'truncate', 'truncatewords', 'upcase'],
  ...['url_decode', 'url_encode'],
  ...[
    'compact',
    'concat',
    'first',
    'join',
    'last',
    'map',
    'reverse',
    'size',
    'sort',
    'sort_natural',
  ],
  ...['sum', 'uniq', 'where'],
]);

const writeDate = filters.date;

const formats = new Map<string, Intl.NumberFormat>();

/** `10000` in KRW is `₩10,000`, in the manner of the message's language. */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(languageTag(locale), {
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
    parseLimit: templateBudget.output,
    ownPropertyOnly: true,
    strictFilters: true,
    // No file is ever read.
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
  engine.registerFilter('date', function date(value: unknown, format: unknown, zone: unknown) {
    // Of the decision and at the shop: no clock is read, and no time zone of the machine.
    const atShop = String(this.context.getSync(['shop', 'time_zone']));
    const at = value === 'now' || value === 'today' ? this.context.getSync(['now']) : value;
    const moment = typeof at === 'string' ? shopMoment(at, atShop) : undefined;
    return typeof writeDate === 'function'
      ? writeDate.call(this, moment === undefined ? at : new Date(moment), format, zone ?? atShop)
      : '';
  });
  engine.registerFilter('link', (value: unknown) => safeUrl(String(value ?? '')));
  keepOnly(engine.tags, allowedTags);
  keepOnly(engine.filters, allowedFilters);
  return engine;
}

function keepOnly(registered: Record<string, unknown>, allowed: ReadonlySet<string>): void {
  for (const name of Object.keys(registered)) {
    if (!allowed.has(name)) {
      delete registered[name];
    }
  }
}

const plain = liquid(false);
const escaping = liquid(true);

export interface CompiledTemplate {
  render(view: object): string;
}

/**
 * Parses a Liquid template once. With `html` every output is escaped and guarded by its place; plain
 * texts are not, because they only ever reach a page as text nodes. Rendering throws once the template
 * is over its budget.
 *
 * @throws {Error} The template is not valid, or an output stands where no escaping would do.
 */
export function compileTemplate(source: string, kind: 'text' | 'html'): CompiledTemplate {
  if (!source.includes('{{') && !source.includes('{%')) {
    return { render: () => source };
  }
  const engine = kind === 'html' ? escaping : plain;
  const template: Template[] = engine.parse(kind === 'html' ? guardHtml(source) : source);
  return {
    render(view) {
      const output = new BudgetedOutput();
      const context = budgetedContext(engine, view);
      toValueSync(engine.renderer.renderTemplates(template, context, output));
      return output.buffer;
    },
  };
}
