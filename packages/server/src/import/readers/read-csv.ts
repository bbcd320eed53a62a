import type { ColumnMapping } from '../mapping/column-mapping.ts';
import { mapRow } from '../mapping/map-row.ts';
import { type CsvRecord, CsvRecords, misfit } from './csv-records.ts';
import { readLines } from './read-lines.ts';
import { type ReadFrom, type Reading, refused, type SourceLine } from './source-line.ts';

/** The names in the first record, and the place after it. @throws {Error} There is none. */
export async function readCsvHeader(
  path: string,
  mapping: ColumnMapping,
): Promise<{ readonly columns: readonly string[]; readonly end: ReadFrom }> {
  const [record] = await readFirst(path, new CsvRecords(mapping.delimiter, undefined));
  if (record === undefined) {
    throw new Error(`${path} is empty: its first line must name the columns`);
  }
  if (record.kind === 'broken') {
    throw new Error(`${path}: its first line must name the columns, but ${record.reason}`);
  }
  const { cells, line, endOffset: offset } = record;
  if (cells.some((name) => /\r(?!\n)/.test(name))) {
    throw new Error(
      `${path} ends its lines with a carriage return alone; write it with line feeds`,
    );
  }
  return { columns: cells.map((name) => name.trim()), end: { path, offset, line } };
}

async function readFirst(path: string, records: CsvRecords): Promise<readonly CsvRecord[]> {
  for await (const line of readLines({ path, offset: 0, line: 0 })) {
    const found = records.take(line);
    if (found.length > 0) {
      return found;
    }
  }
  return records.end();
}

/** Rows of a CSV file as messages. `from` lies after the header. */
export async function* readCsv(
  from: ReadFrom,
  mapping: ColumnMapping,
  columns: readonly string[],
): AsyncGenerator<SourceLine> {
  const records = new CsvRecords(mapping.delimiter, columns.length);
  const read = (record: CsvRecord): SourceLine => {
    const { line, endOffset, mayGrow, raw } = record;
    return { line, endOffset, mayGrow, raw, ...readRecord(record, mapping, columns) };
  };
  for await (const line of readLines(from)) {
    for (const record of records.take(line)) {
      yield read(record);
    }
  }
  // A quote that is open at the end may yet be closed; a row after it that fits says that it will not.
  let mayClose = true;
  for (const record of records.end()) {
    const line = read(record);
    mayClose &&= line.kind === 'refused';
    yield { ...line, mayGrow: line.mayGrow || mayClose };
  }
}

function readRecord(
  record: CsvRecord,
  mapping: ColumnMapping,
  columns: readonly string[],
): Reading {
  if (record.kind === 'broken') {
    return refused('', record.reason);
  }
  const { cells: values, line } = record;
  return values.length === columns.length
    ? mapRow({ values, columns, line }, mapping)
    : refused('', misfit(values.length, columns.length));
}
