import type { FastifyRequest } from 'fastify';
import type { CallOrigin } from '../../admin/call.ts';

export function originOf(request: FastifyRequest): CallOrigin {
  return {
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
  };
}
