import { type ColumnMapping, columnMapping } from './column-mapping.ts';

/** The mapping as flags of the command line. */
export interface MappingFlags {
  /** `event_time`, or `event_time:utc`. */
  readonly time: string;
  /** `event_type=event`, `price=properties.price:number`. */
  readonly map: readonly string[];
  /** `properties.currency=USD`. */
  readonly constant?: readonly string[];
  /** `event_type.view=Product Viewed`. */
  readonly value?: readonly string[];
  readonly delimiter?: string | undefined;
}

/**
 * Reads a mapping from flags, for files that need no more than that; everything else is said in a file.
 *
 * @throws {Error} A flag is not written as it must be. {z.ZodError} What it says does not fit.
 */
export function mappingFromFlags(flags: MappingFlags): ColumnMapping {
  const values = readValues(flags.value ?? []);
  const [timeColumn, timeFormat] = cut(flags.time, ':');
  const mapped = flags.map.map((flag) => {
    const [column, target] = halves(flag, 'column=path');
    const [to, as] = cut(target, ':');
    return { to, from: { column }, as, values: values.get(column) };
  });
  const constants = (flags.constant ?? []).map((flag) => {
    const [to, constant] = halves(flag, 'path=value');
    return { to, from: { constant } };
  });
  return columnMapping.parse({
    delimiter: flags.delimiter,
    time: { column: timeColumn, format: timeFormat },
    fields: [...mapped, ...constants],
  });
}

function readValues(flags: readonly string[]): ReadonlyMap<string, Record<string, string>> {
  const byColumn = new Map<string, Record<string, string>>();
  for (const flag of flags) {
    const [place, value] = halves(flag, 'column.value=new value');
    const [column, from] = cut(place, '.');
    if (from === undefined) {
      throw new Error(`${flag}: write it as column.value=new value`);
    }
    byColumn.set(column, { ...byColumn.get(column), [from]: value });
  }
  return byColumn;
}

function halves(flag: string, shape: string): readonly [string, string] {
  const [left, right] = cut(flag, '=');
  if (left === '' || right === undefined) {
    throw new Error(`${flag}: write it as ${shape}`);
  }
  return [left, right];
}

function cut(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
