import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserSession } from '../../admin/call.ts';

const NAME = 'tenth_session';

/**
 * The cookie of the console's session. Over https it carries the `__Host-` prefix, with which a browser
 * refuses one that another host or plain http has set.
 *
 * @param publicUrl Says whether browsers come by https, where a proxy that is not trusted stands before.
 */
export function sessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
): BrowserSession {
  const isSecure =
    publicUrl === undefined ? request.protocol === 'https' : publicUrl.startsWith('https:');
  const name = isSecure ? `__Host-${NAME}` : NAME;
  const write = (value: string, maxAgeSeconds: number) => {
    const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`;
    reply.header('set-cookie', `${name}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`);
  };
  return {
    token: readCookie(request.headers.cookie, name),
    set: write,
    clear: () => write('', 0),
  };
}

/** The value of the cookie of this name; undefined where none was sent. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) {
      return pair.slice(equals + 1).trim();
    }
  }
  return undefined;
}
