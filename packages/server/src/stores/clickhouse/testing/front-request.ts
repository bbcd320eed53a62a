import { gunzipSync } from 'node:zlib';

/** What one request of ClickHouse's HTTP interface asks of the engine. */
export interface FrontRequest {
  readonly queryId: string;
  readonly statement: string;
  readonly database: string;
  /** Values of `{name:Type}` in the escaped text form in which they came. */
  readonly params: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  /** Of a reply whose statement names no format. */
  readonly format: string;
  readonly wantsGzip: boolean;
}

/** Parameters of the address that the HTTP interface itself reads; any other is a setting. */
const OWN = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'role',
  'session_id',
  'session_timeout',
  'session_check',
  'compress',
  'decompress',
  'wait_end_of_query',
  'buffer_size',
  'enable_http_compression',
  'http_zlib_compression_level',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
]);

const PARAM = 'param_';

/**
 * Reads a request as ClickHouse does: the statement is the address's `query`, a line break and the body,
 * either of which may be missing; a form carries the same fields as the address.
 *
 * @param body As it came, so gzip where `content-encoding` says so.
 */
export async function readFrontRequest(
  address: URL,
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
): Promise<FrontRequest> {
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const type = headers['content-type'] ?? '';
  const isForm = type.startsWith('multipart/form-data');
  const fields = [...address.searchParams, ...(isForm ? await readForm(type, plain) : [])];
  const named = new Map(fields);
  const rows = isForm ? '' : plain.toString('utf8');
  return {
    queryId: named.get('query_id') ?? '',
    statement: [named.get('query') ?? '', rows].filter((part) => part !== '').join('\n'),
    database: named.get('database') ?? headers['x-clickhouse-database'] ?? 'default',
    params: new Map(
      fields
        .filter(([name]) => name.startsWith(PARAM))
        .map(([name, value]) => [name.slice(PARAM.length), value]),
    ),
    settings: new Map(fields.filter(([name]) => !name.startsWith(PARAM) && !OWN.has(name))),
    format: named.get('default_format') ?? headers['x-clickhouse-format'] ?? 'TabSeparated',
    wantsGzip:
      named.get('enable_http_compression') === '1' &&
      (headers['accept-encoding'] ?? '').includes('gzip'),
  };
}

async function readForm(type: string, body: Buffer): Promise<[string, string][]> {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  return [...form].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] satisfies [string, string]] : [],
  );
}
