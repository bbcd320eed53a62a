import { createReadStream } from 'node:fs';
import { type CsvError, type Info, type Options, parse } from 'csv-parse';
import type { ColumnMapping } from '../mapping/column-mapping.ts';
import { mapRow } from '../mapping/map-row.ts';
import { type ReadFrom, refused, type SourceLine } from './source-line.ts';

/** A record beyond this is one quote too many, which would take in the rest of the file. */
const MAX_RECORD_BYTES = 1_048_576;

interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: Info;
}

/** The names in the first line. @throws {Error} The file is empty. */
export async function readCsvHeader(
  path: string,
  mapping: ColumnMapping,
): Promise<{ readonly columns: readonly string[]; readonly endOffset: number }> {
  const parser = createReadStream(path).pipe(parse({ ...parseOptions(mapping), to: 1 }));
  // csv-parse types its records as any; with `info` and `raw` they are these.
  for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
    return { columns: record.map((name) => name.trim()), endOffset: info.bytes };
  }
  throw new Error(`${path} is empty: its first line must name the columns`);
}

/** Rows of a CSV file as messages. `from` lies after the header. */
export async function* readCsv(
  from: ReadFrom,
  mapping: ColumnMapping,
  columns: readonly string[],
): AsyncGenerator<SourceLine> {
  const broken: SourceLine[] = [];
  const file = createReadStream(from.path, { start: from.offset });
  const parser = file.pipe(parse(parseOptions(mapping)));
  parser.on('skip', (error: CsvError) => broken.push(toBrokenLine(error, from)));
  for await (const parsed of parser as AsyncIterable<ParsedRecord>) {
    const place = {
      line: from.line + parsed.info.lines,
      endOffset: from.offset + parsed.info.bytes,
      raw: parsed.raw.replace(/\r?\n?$/, ''),
    };
    // The parser runs ahead, so a broken record may be known before those that stand above it.
    while (broken[0] !== undefined && broken[0].line < place.line) {
      yield* broken.splice(0, 1);
    }
    yield { ...place, ...readRow(parsed.record, place.line, mapping, columns) };
  }
  yield* broken.map((line) => ({ ...line, endOffset: from.offset + file.bytesRead }));
}

function readRow(
  values: readonly string[],
  line: number,
  mapping: ColumnMapping,
  columns: readonly string[],
) {
  return values.length === columns.length
    ? mapRow({ values, columns, line }, mapping)
    : refused('', `has ${values.length} columns instead of ${columns.length}`);
}

function parseOptions(mapping: ColumnMapping): Options {
  return {
    delimiter: mapping.delimiter,
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_RECORD_BYTES,
  };
}

/** What csv-parse tells of a record it could not read; its types leave these out. */
function toBrokenLine(error: CsvError, from: ReadFrom): SourceLine {
  const told = error as CsvError & {
    readonly lines?: number;
    readonly raw?: string;
  };
  return {
    line: from.line + (told.lines ?? 0),
    endOffset: undefined,
    raw: told.raw ?? '',
    kind: 'refused',
    field: '',
    reason: error.message,
  };
}
