import { Problem } from '@tenth/model/problem.ts';
import { z } from 'zod';

/** What of an error gets into the log: enough to find the place, and nothing that a visitor sent. */
export interface LoggableError {
  readonly type: string;
  readonly code?: string;
  /** Left out where it may quote a value. */
  readonly message?: string;
  readonly at?: readonly string[];
  readonly cause?: LoggableError;
}

const MOST_CAUSES = 5;
const MOST_FRAMES = 12;
const MOST_CHARACTERS = 300;

/** Data exceptions and broken constraints, whose messages quote the value in question. */
const VALUE_SQLSTATE = /^2[23][0-9A-Z]{3}$/;
/** `Code: 27. DB::Exception: Cannot parse input … (CANNOT_PARSE_INPUT)`, with the input in between. */
const CLICKHOUSE_CODE = /^(?:Code: (\d+)\. )?DB::\w*Exception/;
const CLICKHOUSE_TYPE = /\(([A-Z][A-Z_0-9]+)\)/g;

/**
 * Parsers and databases quote in their messages what did not fit. Their errors keep only their codes; of
 * all others, what stands in quotation marks is taken out as well.
 */
export function loggableError(error: unknown, depth = 0): LoggableError {
  if (!(error instanceof Error)) {
    return { type: typeof error };
  }
  const cause =
    error.cause === undefined || depth >= MOST_CAUSES
      ? {}
      : { cause: loggableError(error.cause, depth + 1) };
  return { type: error.name, ...codeOf(error), ...messageOf(error), ...framesOf(error), ...cause };
}

function codeOf(error: Error): { readonly code?: string } {
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' || typeof code === 'number') {
    const type = 'type' in error && typeof error.type === 'string' ? ` ${error.type}` : '';
    return { code: `${code}${type}` };
  }
  const [, number] = CLICKHOUSE_CODE.exec(error.message) ?? [];
  const type = [...error.message.matchAll(CLICKHOUSE_TYPE)].at(-1)?.[1];
  return number === undefined ? {} : { code: [number, type].filter(Boolean).join(' ') };
}

function messageOf(error: Error): { readonly message?: string } {
  if (mayQuoteValues(error)) {
    return {};
  }
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, code }) => `${path.length} levels down: ${code}`);
    return { message: issues.join('; ').slice(0, MOST_CHARACTERS) };
  }
  const masked = error.message
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g, '…')
    .slice(0, MOST_CHARACTERS);
  return { message: masked };
}

function mayQuoteValues(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return (
    error instanceof SyntaxError ||
    error instanceof URIError ||
    error.name === 'ClickHouseError' ||
    CLICKHOUSE_CODE.test(error.message) ||
    // A refusal is for the caller, who may have named a person; its code says what was refused.
    error instanceof Problem ||
    (typeof code === 'string' && VALUE_SQLSTATE.test(code))
  );
}

/** Without the first lines, which repeat the message. */
function framesOf({ stack }: Error): { readonly at?: readonly string[] } {
  const frames = (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at .+:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim().slice('at '.length));
  return frames.length === 0 ? {} : { at: frames.slice(0, MOST_FRAMES) };
}
