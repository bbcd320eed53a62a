import { z } from 'zod';
import { isoTime } from './iso-time.ts';
import { permission, role } from './permission.ts';

/** ASVS 5.0, 6.2.1 and 6.2.9: 8 at least, and room for 64 at least. */
export const newPassword = z.string().min(10).max(200);

/** In lower case, as it is typed to sign in. */
export const email = z
  .email('give an e-mail address')
  .max(254)
  .transform((text) => text.toLowerCase());

export const user = z.strictObject({
  id: z.string(),
  email: z.string().describe('Empty for an owner who set the password without one'),
  role,
  state: z.enum(['active', 'invited']),
  hasTotp: z.boolean().describe('Signs in with a code of an authenticator app, too'),
  invitedUntil: isoTime.nullable().describe('Until when an invitation that stands can be used'),
  createdAt: isoTime,
});
export type User = z.infer<typeof user>;

/** Who is signed in, and what they may do. */
export const self = user
  .pick({ id: true, email: true, role: true, hasTotp: true })
  .extend({ permissions: z.array(permission) });
export type Self = z.infer<typeof self>;

export const consoleSession = z.strictObject({
  id: z.string(),
  createdAt: isoTime,
  lastSeenAt: isoTime,
  address: z.string(),
  userAgent: z.string(),
  isCurrent: z.boolean(),
});
export type ConsoleSession = z.infer<typeof consoleSession>;
