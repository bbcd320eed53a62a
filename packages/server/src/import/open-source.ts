import { type ColumnMapping, columnMapping } from './mapping/column-mapping.ts';
import { readCsv, readCsvHeader } from './readers/read-csv.ts';
import { readSegmentJsonl } from './readers/read-jsonl.ts';
import type { SourceLine } from './readers/source-line.ts';

/** What the file holds and how it is read. */
export type SourceFormat =
  | { readonly kind: 'segment-jsonl' }
  | { readonly kind: 'csv'; readonly mapping: ColumnMapping };

/** Reads a source from a place between two records; `undefined` is its beginning. */
export type ReadSource = (
  from: { readonly offset: number; readonly line: number } | undefined,
) => AsyncIterable<SourceLine>;

/** @throws {Error} The file cannot be read, or has not the columns that the mapping names. */
export async function openSource(path: string, format: SourceFormat): Promise<ReadSource> {
  if (format.kind === 'segment-jsonl') {
    return (from) => readSegmentJsonl({ path, ...(from ?? { offset: 0, line: 0 }) });
  }
  const mapping = columnMapping.parse(format.mapping);
  const { columns, end } = await readCsvHeader(path, mapping);
  const missing = columnsOf(mapping).filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new Error(`${path} has no column ${missing.join(', ')}; it has ${columns.join(', ')}`);
  }
  return (from) => readCsv({ path, ...(from ?? end) }, mapping, columns);
}

function columnsOf(mapping: ColumnMapping): readonly string[] {
  const named = mapping.fields.flatMap(({ from, when }) => [
    ...('column' in from ? [from.column] : []),
    ...('template' in from ? columnsOfTemplate(from.template) : []),
    ...(when === undefined ? [] : [when.column]),
  ]);
  return [...new Set([mapping.time.column, ...named])];
}

function columnsOfTemplate(template: string): readonly string[] {
  return [...template.matchAll(/\{([^}]+)\}/g)].flatMap(([, name]) =>
    name === undefined || name === 'line' ? [] : [name],
  );
}
