import type { z } from 'zod';
import type { Permission } from '../permission.ts';

/** A route of the administration API: what it takes, gives and asks for. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify style: `/api/v1/campaigns/:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /**
   * `public` needs nothing; `signed_in` a user of the console, whatever their role, and no API key; the
   * others a user or an API key with that permission.
   */
  readonly access: 'public' | 'signed_in' | Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Instead of a JSON body: text that is read as it comes in, possibly gzipped. */
  readonly upload?: { readonly mediaTypes: readonly string[]; readonly mostBytes: number };
  readonly reply: z.ZodType;
}
