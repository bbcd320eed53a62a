import { z } from 'zod';
import { role } from '../permission.ts';
import { email, user } from '../user.ts';
import { byId } from './fields.ts';
import type { Route } from './route.ts';

export const userRoutes = {
  listUsers: {
    method: 'GET',
    path: '/api/v1/users',
    tag: 'Users',
    summary: 'Who may sign in, and as what',
    access: 'users',
    reply: z.strictObject({ users: z.array(user) }),
  },
  inviteUser: {
    method: 'POST',
    path: '/api/v1/users',
    tag: 'Users',
    summary: 'Invite somebody; the one-time link is given once and works for 72 hours',
    access: 'users',
    body: z.strictObject({ email, role }),
    reply: z.strictObject({ user, token: z.string(), path: z.string() }),
  },
  reinviteUser: {
    method: 'POST',
    path: '/api/v1/users/:id/invitation',
    tag: 'Users',
    summary: 'A new one-time link, also for who has forgotten the password or lost the app',
    access: 'users',
    ...byId,
    reply: z.strictObject({ user, token: z.string(), path: z.string() }),
  },
  setUserRole: {
    method: 'PATCH',
    path: '/api/v1/users/:id',
    tag: 'Users',
    summary: 'Give a user another role; the last owner stays one',
    access: 'users',
    ...byId,
    body: z.strictObject({ role }),
    reply: z.strictObject({ user }),
  },
  removeUser: {
    method: 'DELETE',
    path: '/api/v1/users/:id',
    tag: 'Users',
    summary: 'Take a user out and sign them out everywhere; not the last owner',
    access: 'users',
    ...byId,
    reply: z.strictObject({ ok: z.literal(true) }),
  },
} as const satisfies Record<string, Route>;
