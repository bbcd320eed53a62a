import type { JsonObject } from '@tenth/model/json.ts';
import { Problem } from '@tenth/model/problem.ts';

export interface WriteKeySources {
  readonly authorization: string | undefined;
  /** `sendBeacon` can set no headers, so the key may come in the body or the query. */
  readonly body: JsonObject | undefined;
  readonly query: unknown;
}

/**
 * The write key of a request: the user name of Basic authentication (with or without the colon and the
 * empty password behind it), else `writeKey` in the body, else in the query.
 *
 * @throws {Problem} write-key-missing
 */
export function readWriteKey({ authorization, body, query }: WriteKeySources): string {
  const key = fromBasic(authorization) ?? fromObject(body) ?? fromObject(query);
  if (key === undefined) {
    throw new Problem(
      'write-key-missing',
      'Give the write key as the user name of Basic authentication or as writeKey in the body.',
    );
  }
  return key;
}

function fromBasic(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.slice(0, 6).toLowerCase() !== 'basic ') {
    return undefined;
  }
  const [user] = Buffer.from(authorization.slice(6).trim(), 'base64').toString('utf8').split(':');
  return user === '' ? undefined : user;
}

function fromObject(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('writeKey' in value)) {
    return undefined;
  }
  const { writeKey } = value;
  return typeof writeKey === 'string' && writeKey !== '' ? writeKey : undefined;
}
