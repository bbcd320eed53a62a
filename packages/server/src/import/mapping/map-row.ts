import type { Json, JsonObject } from '@tenth/model/json.ts';
import { type Reading, refused } from '../readers/source-line.ts';
import type { ColumnMapping, FieldRule } from './column-mapping.ts';
import { parseTime } from './parse-time.ts';
import { setPath } from './set-path.ts';

export interface CsvRow {
  readonly columns: readonly string[];
  readonly values: readonly string[];
  readonly line: number;
}

/** One row as a Segment message with the time it had, or the first thing that is wrong with it. */
export function mapRow(row: CsvRow, mapping: ColumnMapping): Reading {
  const at = parseTime(textOf(row, mapping.time.column), mapping.time.format);
  if (at === undefined) {
    return refused(mapping.time.column, `is not a time written as ${mapping.time.format}`);
  }
  const message: Record<string, Json> = {
    type: mapping.type,
    timestamp: new Date(at).toISOString(),
  };
  for (const rule of mapping.fields) {
    if (rule.when === undefined || rule.when.in.includes(textOf(row, rule.when.column))) {
      const field = readField(row, rule);
      if (field.kind === 'refused') {
        return field;
      }
      if (field.kind === 'value') {
        setPath(message, rule.to, field.value);
      }
    }
  }
  return hasWho(message)
    ? { kind: 'message', message }
    : refused('anonymousId', 'the row names neither an anonymousId nor a userId');
}

type Field =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'absent' }
  | Extract<Reading, { kind: 'refused' }>;

function readField(row: CsvRow, rule: FieldRule): Field {
  const source = rule.from;
  if ('constant' in source) {
    return { kind: 'value', value: source.constant };
  }
  const named = 'column' in source ? source.column : rule.to;
  const text =
    'column' in source
      ? textOf(row, source.column)
      : source.template.replace(/\{([^}]+)\}/g, (_, name: string) =>
          name === 'line' ? String(row.line) : textOf(row, name),
        );
  if (text === '') {
    return rule.required ? wrong(named, 'is empty') : { kind: 'absent' };
  }
  if (rule.values !== undefined) {
    const value = Object.hasOwn(rule.values, text) ? rule.values[text] : undefined;
    return value === undefined
      ? wrong(named, `has a value that the mapping does not name: ${text.slice(0, 50)}`)
      : { kind: 'value', value };
  }
  return cast(rule.replace === undefined ? text : replaced(text, rule.replace), rule.as, named);
}

function cast(text: string, as: FieldRule['as'], named: string): Field {
  switch (as) {
    case 'string':
      return { kind: 'value', value: text };
    case 'number': {
      const value = Number(text);
      return Number.isFinite(value) ? { kind: 'value', value } : wrong(named, 'is not a number');
    }
    case 'boolean': {
      const isTrue = /^(true|1|yes|y)$/i.test(text);
      return isTrue || /^(false|0|no|n)$/i.test(text)
        ? { kind: 'value', value: isTrue }
        : wrong(named, 'is neither true nor false');
    }
  }
}

function replaced(text: string, { text: from, by }: { text: string; by: string }): string {
  return text.replaceAll(from, () => by);
}

function textOf(row: CsvRow, column: string): string {
  return row.values[row.columns.indexOf(column)] ?? '';
}

function wrong(field: string, reason: string): Extract<Reading, { kind: 'refused' }> {
  return { kind: 'refused', field, reason };
}

function hasWho(message: JsonObject): boolean {
  return message.anonymousId !== undefined || message.userId !== undefined;
}
