import { z } from 'zod';
import { isoTime } from './iso-time.ts';
import { scope } from './permission.ts';

/** As browsers send it: `https://shop.example`, with the port where it is not the usual one. */
export const webOrigin = z
  .url({ protocol: /^https?$/, error: 'give an origin such as https://shop.example' })
  .max(300)
  .regex(
    /^(?!http:.*:80$|https:.*:443$)https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/,
    'give the origin alone, without a path',
  );

export const apiKey = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['write_key', 'api_key']),
  prefix: z.string().describe('First characters, to tell keys apart'),
  scopes: z.array(scope),
  origins: z.array(webOrigin).describe('Of a write key: pages that may use it; empty for any'),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
  previousUntil: isoTime
    .nullable()
    .describe('Until when the secret from before the last rotation still works'),
});
export type ApiKey = z.infer<typeof apiKey>;
