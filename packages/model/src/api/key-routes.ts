import { z } from 'zod';
import { apiKey, webOrigin } from '../api-key.ts';
import { scope } from '../permission.ts';
import { byId } from './fields.ts';
import type { Route } from './route.ts';

export const keyRoutes = {
  checkInstallation: {
    method: 'POST',
    path: '/api/v1/installation-checks',
    tag: 'Keys',
    summary: 'Fetch a page of the shop and see whether a write key of this workspace is in it',
    access: 'write',
    body: z.strictObject({
      url: z.string().min(1).max(2_000).describe('http or https, on the public internet'),
    }),
    reply: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('installed'),
        status: z.number().int(),
        keyId: z.string().describe('The write key that was found'),
      }),
      z.strictObject({ kind: z.literal('missing'), status: z.number().int() }),
      z.strictObject({
        kind: z.literal('unreachable'),
        reason: z.enum(['timed_out', 'too_large', 'too_many_redirects', 'unreachable']),
      }),
    ]),
  },
  listKeys: {
    method: 'GET',
    path: '/api/v1/keys',
    tag: 'Keys',
    summary: 'Write keys and API keys, without their secrets',
    access: 'keys',
    reply: z.strictObject({ keys: z.array(apiKey) }),
  },
  createKey: {
    method: 'POST',
    path: '/api/v1/keys',
    tag: 'Keys',
    summary: 'Create a key; its secret is given once',
    access: 'keys',
    body: z.strictObject({
      name: z.string().min(1).max(100),
      kind: z.enum(['write_key', 'api_key']),
      scopes: z.array(scope).default(['read']),
      origins: z.array(webOrigin).max(50).default([]),
      expiresInDays: z.number().int().min(1).max(3_650).optional().describe('Never unless given'),
    }),
    reply: z.strictObject({ key: apiKey, secret: z.string() }),
  },
  changeKey: {
    method: 'PATCH',
    path: '/api/v1/keys/:id',
    tag: 'Keys',
    summary: 'Rename a key, or change which pages may use it',
    access: 'keys',
    ...byId,
    body: z.strictObject({
      name: z.string().min(1).max(100).optional(),
      origins: z.array(webOrigin).max(50).optional(),
    }),
    reply: z.strictObject({ key: apiKey }),
  },
  rotateKey: {
    method: 'POST',
    path: '/api/v1/keys/:id/rotate',
    tag: 'Keys',
    summary: 'Give a key a new secret, given once; the old one works on for a while',
    access: 'keys',
    ...byId,
    body: z.strictObject({
      graceHours: z.number().int().min(0).max(720).default(24).describe('0 ends the old one now'),
    }),
    reply: z.strictObject({ key: apiKey, secret: z.string() }),
  },
  deleteKey: {
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    tag: 'Keys',
    summary: 'Revoke a key at once',
    access: 'keys',
    ...byId,
    reply: z.strictObject({ ok: z.literal(true) }),
  },
} as const satisfies Record<string, Route>;
