import { z } from 'zod';
import { consoleSession, email, newPassword, self } from '../user.ts';
import { byId } from './fields.ts';
import type { Route } from './route.ts';

export const signInRoutes = {
  getSession: {
    method: 'GET',
    path: '/api/v1/session',
    tag: 'Sign-in',
    summary: 'Whether a password is set and whether this browser is signed in',
    access: 'public',
    reply: z.strictObject({
      state: z.enum(['setup', 'signed_out', 'signed_in']),
      workspace: z
        .strictObject({ id: z.string(), name: z.string(), locale: z.enum(['ko', 'en']) })
        .nullable(),
      user: self.nullable(),
      hasOidc: z.boolean().describe('One may sign in through a provider, at /api/v1/session/oidc'),
    }),
  },
  setUp: {
    method: 'POST',
    path: '/api/v1/setup',
    tag: 'Sign-in',
    summary: 'Set the first owner’s password, once, and sign in',
    access: 'public',
    body: z.strictObject({ email: email.optional(), password: newPassword }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  signIn: {
    method: 'POST',
    path: '/api/v1/session',
    tag: 'Sign-in',
    summary: 'Sign in to the console',
    access: 'public',
    body: z.strictObject({
      email: email
        .optional()
        .describe('Left out by an owner who set the password without an address'),
      password: z.string().min(1).max(200),
      code: z
        .string()
        .max(40)
        .optional()
        .describe('Of the authenticator app, or a recovery code; asked for by code-needed'),
    }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  signOut: {
    method: 'DELETE',
    path: '/api/v1/session',
    tag: 'Sign-in',
    summary: 'Sign out',
    access: 'public',
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  acceptInvitation: {
    method: 'POST',
    path: '/api/v1/invitation',
    tag: 'Sign-in',
    summary: 'Set the password that a one-time link was made for, and sign in',
    access: 'public',
    body: z.strictObject({ token: z.string().min(1).max(200), password: newPassword }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  changePassword: {
    method: 'POST',
    path: '/api/v1/session/password',
    tag: 'Sign-in',
    summary: 'Change the own password; all other sessions end',
    access: 'signed_in',
    body: z.strictObject({ current: z.string().min(1).max(200), next: newPassword }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  listSessions: {
    method: 'GET',
    path: '/api/v1/sessions',
    tag: 'Sign-in',
    summary: 'Where one is signed in',
    access: 'signed_in',
    reply: z.strictObject({ sessions: z.array(consoleSession) }),
  },
  endSession: {
    method: 'DELETE',
    path: '/api/v1/sessions/:id',
    tag: 'Sign-in',
    summary: 'Sign out somewhere else',
    access: 'signed_in',
    ...byId,
    reply: z.strictObject({ ok: z.literal(true) }),
  },
  startTotp: {
    method: 'POST',
    path: '/api/v1/session/totp',
    tag: 'Sign-in',
    summary: 'A secret for an authenticator app; it counts once a code of it was confirmed',
    access: 'signed_in',
    reply: z.strictObject({
      secret: z.string().describe('Base 32, to be typed'),
      uri: z.string().describe('otpauth:, to be scanned'),
      picture: z.string().describe('The uri as a QR code, SVG'),
    }),
  },
  confirmTotp: {
    method: 'PUT',
    path: '/api/v1/session/totp',
    tag: 'Sign-in',
    summary:
      'Ask for codes of the app from now on, where none is asked for yet; recovery codes are given once',
    access: 'signed_in',
    body: z.strictObject({ secret: z.string().max(64), code: z.string().max(40) }),
    reply: z.strictObject({ recoveryCodes: z.array(z.string()) }),
  },
  removeTotp: {
    method: 'DELETE',
    path: '/api/v1/session/totp',
    tag: 'Sign-in',
    summary: 'Ask for no codes any more',
    access: 'signed_in',
    body: z.strictObject({ password: z.string().min(1).max(200) }),
    reply: z.strictObject({ ok: z.literal(true) }),
  },
} as const satisfies Record<string, Route>;
