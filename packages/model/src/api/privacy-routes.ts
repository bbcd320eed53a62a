import { z } from 'zod';
import { auditEntry } from '../audit.ts';
import { erasure } from '../erasure.ts';
import { personRef } from '../person.ts';
import { byId, byPerson, pageSize } from './fields.ts';
import type { Route } from './route.ts';

export const privacyRoutes = {
  erasePerson: {
    method: 'DELETE',
    path: '/api/v1/people/:person',
    tag: 'Privacy',
    summary:
      'Erase a person from both stores. It begins at once; the certificate says how far it is',
    access: 'write_people',
    ...byPerson,
    reply: z.strictObject({ erasure }),
  },
  getErasure: {
    method: 'GET',
    path: '/api/v1/erasures/:id',
    tag: 'Privacy',
    summary: 'The certificate of an erasure: what was removed where, and that nothing was left',
    access: 'read_people',
    ...byId,
    reply: z.strictObject({ erasure }),
  },
  listErasures: {
    method: 'GET',
    path: '/api/v1/erasures',
    tag: 'Privacy',
    summary: 'All erasures, the latest first',
    access: 'read_people',
    query: z.strictObject({
      limit: pageSize,
      before: z.string().max(64).optional().describe('`next` of the page before'),
    }),
    reply: z.strictObject({ erasures: z.array(erasure), next: z.string().nullable() }),
  },
  listAudit: {
    method: 'GET',
    path: '/api/v1/audit',
    tag: 'Privacy',
    summary: 'Who did what: every change, and every look at people’s data, the latest first',
    access: 'audit',
    query: z.strictObject({
      limit: pageSize,
      before: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
      act: z.string().max(100).optional().describe('This operation alone'),
      person: personRef.optional().describe('What concerns this person alone'),
    }),
    reply: z.strictObject({ entries: z.array(auditEntry), next: z.number().int().nullable() }),
  },
} as const satisfies Record<string, Route>;
