import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Route } from '@tenth/model/api/route.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { FastifyRequest } from 'fastify';
import type { UploadedText } from '../../lists/take-members.ts';

type Limits = NonNullable<Route['upload']>;

/**
 * The body as it comes in. What is not read of it is let go by once the reply is out.
 *
 * @throws {Problem} body-invalid, body-too-large, encoding-unsupported; while it is read, the latter two too
 */
export function uploadedText(request: FastifyRequest, limits: Limits): UploadedText {
  const { mediaType, charset } = readContentType(request.headers['content-type'] ?? '');
  if (mediaType !== 'text/csv' && mediaType !== 'text/plain') {
    const detail = `Send the text with Content-Type: ${limits.mediaTypes.join(' or ')}.`;
    throw new Problem('body-invalid', detail, 'content-type');
  }
  if (Number(request.headers['content-length'] ?? 0) > limits.mostBytes) {
    throw tooLarge(limits);
  }
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  return { mediaType, charset, chunks: readChunks(unpacked(request.raw, encoding), limits) };
}

function readContentType(header: string): { readonly mediaType: string; readonly charset: string } {
  const [mediaType = '', ...parameters] = header.split(';').map((part) => part.trim());
  const charset = parameters
    .map((parameter) => /^charset="?([^"]+)"?$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return { mediaType: mediaType.toLowerCase(), charset: charset ?? 'utf-8' };
}

function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === '' || encoding === 'identity') {
    return body;
  }
  if (encoding !== 'gzip') {
    throw new Problem('encoding-unsupported', 'Use gzip or no Content-Encoding.');
  }
  // Not pipeline(): where the text is refused midway, it would cut the connection before the reply.
  const gunzip = createGunzip();
  body.once('error', (error) => gunzip.destroy(error));
  // Whoever reads is told. Where nobody does, or not any more, an error that no one hears would end the process.
  gunzip.on('error', () => undefined);
  return body.pipe(gunzip);
}

async function* readChunks(body: Readable, limits: Limits): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    // A refusal midway must leave the connection as it is, for the reply to go out.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      if (!(chunk instanceof Uint8Array)) {
        throw new Error('a request body comes in bytes');
      }
      bytes += chunk.length;
      if (bytes > limits.mostBytes) {
        throw tooLarge(limits);
      }
      yield chunk;
    }
  } catch (error) {
    throw toProblem(error) ?? error;
  }
}

/** What is wrong with the bytes themselves. */
function toProblem(error: unknown): Problem | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) {
    return new Problem('body-invalid', 'The body is not gzip, as Content-Encoding says.');
  }
  return code === 'ECONNRESET'
    ? new Problem('body-invalid', 'The body broke off; send it again.')
    : undefined;
}

function tooLarge({ mostBytes }: Limits): Problem {
  const most = Math.floor(mostBytes / (1024 * 1024));
  return new Problem('body-too-large', `An upload may have ${most} MB, unpacked; split it.`);
}
