import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { isJsonObject, type JsonObject } from '@tenth/model/json.ts';
import { Problem } from '@tenth/model/problem.ts';
import { isDeeperThan } from './nesting.ts';

/** Above Segment's 500 KB a batch, so that the batch limit is reported as such and not as transport. */
export const MAX_BODY_BYTES = 600 * 1024;

/** Segment's own traits and properties stay under ten levels. */
export const MAX_DEPTH = 64;

export interface ReadBody {
  readonly body: JsonObject;
  /** After decompression. */
  readonly bodyBytes: number;
}

const unpackers = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/**
 * From the bytes of a request to the JSON object in it. Unpacking stops at the limit, so a small body
 * that unpacks to gigabytes costs no more than the limit.
 *
 * @throws {Problem} encoding-unsupported, body-too-large, body-not-json, body-too-deep, body-invalid
 */
export async function readBody(sent: Buffer, contentEncoding: string): Promise<ReadBody> {
  const bytes = await unpack(sent, contentEncoding.trim().toLowerCase());
  const body = parse(bytes.toString('utf8'));
  if (!isJsonObject(body)) {
    throw new Problem('body-invalid', 'Send one JSON object.');
  }
  if (isDeeperThan(body, MAX_DEPTH)) {
    throw new Problem('body-too-deep', `Nest at most ${MAX_DEPTH} levels.`);
  }
  return { body, bodyBytes: bytes.length };
}

async function unpack(sent: Buffer, encoding: string): Promise<Buffer> {
  if (encoding === '' || encoding === 'identity') {
    return sent;
  }
  if (encoding !== 'gzip' && encoding !== 'deflate' && encoding !== 'br') {
    throw new Problem('encoding-unsupported', 'Use gzip, deflate, br or no Content-Encoding.');
  }
  try {
    return await unpackers[encoding](sent, { maxOutputLength: MAX_BODY_BYTES });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Problem('body-too-large', `Unpacked, a body may have ${MAX_BODY_BYTES} bytes.`);
    }
    throw new Problem('body-not-json', `The body is not ${encoding}, as Content-Encoding says.`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('body-not-json', 'Send one JSON object, in UTF-8.');
  }
}
