import type { SqlParams } from './query.ts';

/**
 * SQL for the JSON text of what an event says at a path (`properties.price`, `page.category`, `name`),
 * empty where it says nothing. Reads the columns as the engine's `readEvent` reads the event.
 */
export function eventPathSql(path: string, params: SqlParams): string {
  const dot = path.indexOf('.');
  const root = dot === -1 ? path : path.slice(0, dot);
  const rest = path.slice(dot + 1);
  switch (root) {
    case 'name':
      return 'toJSONString(toString(name))';
    case 'properties':
      return propertySql(rest, params);
    case 'traits':
      // What the server read from elsewhere than the message's own traits is kept in `enrichment`.
      return readSql({
        root: "if(JSONHas(enrichment, 'traits'), enrichment, payload)",
        keys: ['traits', ...rest.split('.')],
        params,
      });
    case 'context':
      return readSql({ root: 'payload', keys: ['context', ...rest.split('.')], params });
    case 'page':
      return pageSql(rest);
    default:
      return "''";
  }
}

/** An event has no page where it has no address, unless that is said. */
function pageSql(field: string): string {
  return ['url', 'path', 'title', 'category', 'name'].includes(field)
    ? `if(page_url = '' AND NOT JSONHas(enrichment, 'page'), '', toJSONString(toString(page_${field})))`
    : "''";
}

/** A property may be called `a.b`: such a name goes before the path. */
function propertySql(rest: string, params: SqlParams): string {
  const nested = readSql({ root: 'payload', keys: ['properties', ...rest.split('.')], params });
  if (!rest.includes('.')) {
    return nested;
  }
  const whole = params.bind('String', rest);
  return `if(JSONHas(payload, 'properties', ${whole}), JSONExtractRaw(payload, 'properties', ${whole}), ${nested})`;
}

/**
 * Walks down a path. A number may be a place in an array (ClickHouse counts from 1) or a key of an object,
 * and `length` is known of arrays, as in JavaScript.
 */
function readSql(at: {
  readonly root: string;
  readonly keys: readonly string[];
  readonly params: SqlParams;
}): string {
  let raw = at.root;
  let plain: string[] = [];
  const flush = () => {
    raw = plain.length === 0 ? raw : `JSONExtractRaw(${[raw, ...plain].join(', ')})`;
    plain = [];
  };
  for (const key of at.keys) {
    const bound = at.params.bind('String', key);
    if (key === 'length' || /^(0|[1-9]\d{0,8})$/.test(key)) {
      flush();
      const ofArray =
        key === 'length'
          ? `toString(JSONLength(${raw}))`
          : `JSONExtractRaw(${raw}, ${Number(key) + 1})`;
      raw = `if(JSONType(${raw}) = 'Array', ${ofArray}, JSONExtractRaw(${raw}, ${bound}))`;
    } else {
      plain.push(bound);
    }
  }
  flush();
  return raw;
}
