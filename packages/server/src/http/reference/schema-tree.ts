import type { JsonSchema } from '../openapi/named-schemas.ts';
import { escapeHtml, proseHtml } from './escape-html.ts';

const REF = /^#\/components\/schemas\/(.+)$/;

/** A schema as nested lists of fields; named schemas are linked, not repeated. */
export function renderSchema(schema: JsonSchema): string {
  const fields = fieldsOf(schema);
  if (fields !== '') {
    return fields;
  }
  return `<p class="type">${typeOf(schema)}${constraintsOf(schema)}</p>`;
}

function fieldsOf(schema: JsonSchema): string {
  const variants = variantsOf(schema);
  if (variants.some((variant) => objectOf(variant.properties) !== undefined)) {
    const items = variants.map((variant) => `<li>${variantHead(variant)}${fieldsOf(variant)}</li>`);
    return `<p class="type">one of</p><ol class="variants">${items.join('')}</ol>`;
  }
  if (schema.type === 'array' && isSchema(schema.items)) {
    return fieldsOf(schema.items);
  }
  const properties = objectOf(schema.properties);
  if (properties === undefined) {
    return isSchema(schema.additionalProperties) ? fieldsOf(schema.additionalProperties) : '';
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const rows = Object.entries(properties).map(([name, inner]) =>
    isSchema(inner) ? renderField(name, inner, required.has(name)) : '',
  );
  return `<ul class="fields">${rows.join('')}</ul>`;
}

function renderField(name: string, schema: JsonSchema, isRequired: boolean): string {
  const description =
    typeof schema.description === 'string'
      ? `<span class="about">${proseHtml(schema.description)}</span>`
      : '';
  const head = `<code>${escapeHtml(name)}</code>${isRequired ? '' : '<i>optional</i>'} <span class="type">${typeOf(schema)}${constraintsOf(schema)}</span>${description}`;
  const inner = fieldsOf(schema);
  return inner === ''
    ? `<li>${head}</li>`
    : `<li><details><summary>${head}</summary>${inner}</details></li>`;
}

function variantHead(variant: JsonSchema): string {
  const kind = Object.entries(objectOf(variant.properties) ?? {}).find(
    ([, inner]) => isSchema(inner) && inner.const !== undefined,
  );
  if (kind === undefined) {
    return `<span class="type">${typeOf(variant)}</span>`;
  }
  const [name, inner] = kind;
  const value = isSchema(inner) ? JSON.stringify(inner.const) : '';
  const about =
    typeof variant.description === 'string' ? ` ${escapeHtml(variant.description)}` : '';
  return `<code>${escapeHtml(name)}: ${escapeHtml(value)}</code><span class="about">${about}</span>`;
}

function typeOf(schema: JsonSchema): string {
  const named = typeof schema.$ref === 'string' ? REF.exec(schema.$ref)?.[1] : undefined;
  if (named !== undefined) {
    return `<a href="#schema-${escapeHtml(named)}">${escapeHtml(named)}</a>`;
  }
  if (schema.const !== undefined) {
    return escapeHtml(JSON.stringify(schema.const));
  }
  if (Array.isArray(schema.enum)) {
    return schema.enum.map((value) => escapeHtml(JSON.stringify(value))).join(' | ');
  }
  const variants = variantsOf(schema);
  if (variants.length > 0) {
    return [...new Set(variants.map(typeOf))].join(' | ');
  }
  if (schema.type === 'array') {
    return isSchema(schema.items) ? `list of ${typeOf(schema.items)}` : 'list';
  }
  if (schema.type === 'object' && isSchema(schema.additionalProperties)) {
    return `map of ${typeOf(schema.additionalProperties)}`;
  }
  return typeof schema.type === 'string' ? escapeHtml(schema.type) : 'any JSON';
}

const constraintNames = {
  minLength: 'at least',
  maxLength: 'at most',
  minimum: 'from',
  maximum: 'to',
  exclusiveMinimum: 'above',
  minItems: 'at least',
  maxItems: 'at most',
  default: 'default',
  format: '',
  pattern: 'matches',
} as const;

function constraintsOf(schema: JsonSchema): string {
  const said = Object.entries(constraintNames).flatMap(([key, words]) => {
    const value = schema[key];
    const isWorthSaying =
      value !== undefined &&
      !(typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER) &&
      !(key === 'pattern' && schema.format !== undefined);
    if (!isWorthSaying) {
      return [];
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [`${words} ${escapeHtml(text)}`.trim()];
  });
  return said.length === 0 ? '' : ` <small>${said.join(', ')}</small>`;
}

function variantsOf(schema: JsonSchema): readonly JsonSchema[] {
  const variants = schema.oneOf ?? schema.anyOf;
  return Array.isArray(variants) ? variants.filter(isSchema) : [];
}

function objectOf(value: unknown): JsonSchema | undefined {
  return isSchema(value) ? value : undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
