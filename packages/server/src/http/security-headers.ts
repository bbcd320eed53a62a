import type { FastifyInstance } from 'fastify';

/**
 * For every reply; a route may set its own policy over these.
 *
 * @param publicUrl Where browsers reach Tenth; with https they are told to come by https alone.
 */
export function sendSecurityHeaders(app: FastifyInstance, publicUrl: string | undefined): void {
  const isSecure = publicUrl?.startsWith('https:') === true;
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    if (isSecure) {
      // A year, and this host alone: the others of the domain are not Tenth's.
      reply.header('strict-transport-security', 'max-age=31536000');
    }
    done();
  });
}

/**
 * For pages of our own: nothing from elsewhere, nothing inline, never in a frame.
 *
 * @param styleNonce Lets in the style elements that carry it; without it there are none.
 */
export function pagePolicy(styleNonce?: string) {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self'${styleNonce === undefined ? '' : ` 'nonce-${styleNonce}'`}`,
      "img-src 'self' data: https:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  } as const;
}
