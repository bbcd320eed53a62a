import type { EpochMs } from '@tenth/model/time.ts';
import type { ColumnMapping } from './column-mapping.ts';

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)/;

/** Reads a time as the mapping says it is written; undefined where it is not. */
export function parseTime(
  text: string,
  format: ColumnMapping['time']['format'],
): EpochMs | undefined {
  switch (format) {
    case 'iso':
      return /(Z|[+-]\d{2}:?\d{2})$/.test(text)
        ? finite(Date.parse(text.replace(' ', 'T')))
        : undefined;
    case 'utc': {
      const [whole, date, time] = DATE_TIME.exec(text) ?? [];
      const rest = text.slice(whole?.length ?? 0).trim();
      return date !== undefined && ['', 'Z', 'UTC', '+00:00'].includes(rest)
        ? finite(Date.parse(`${date}T${time}Z`))
        : undefined;
    }
    case 'unix_seconds':
      return /^\d{1,11}(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1_000) : undefined;
    case 'unix_ms':
      return /^\d{1,14}$/.test(text) ? Number(text) : undefined;
  }
}

function finite(at: number): number | undefined {
  return Number.isNaN(at) ? undefined : at;
}
