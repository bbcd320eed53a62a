import { z } from 'zod';
import { listId } from '../ids.ts';
import { isoTime } from '../iso-time.ts';
import { listUploadReport, mostListBytes, peopleList } from '../list.ts';
import { byId } from './fields.ts';
import type { Route } from './route.ts';

export const listRoutes = {
  listLists: {
    method: 'GET',
    path: '/api/v1/lists',
    tag: 'Lists',
    summary: 'All uploaded lists, with how many people each names',
    access: 'read',
    reply: z.strictObject({
      lists: z.array(z.strictObject({ list: peopleList, uploadedAt: isoTime.nullable() })),
    }),
  },
  uploadList: {
    method: 'POST',
    path: '/api/v1/lists/:id/members',
    tag: 'Lists',
    summary: 'Create a list of people, or replace its members, all at once',
    access: 'write',
    params: z.strictObject({ id: listId }),
    query: z.strictObject({
      by: peopleList.shape.by,
      name: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe("In the workspace's language; the one it has, or the id, unless given"),
      column: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe(
          'CSV: the heading of the column. Unless given, a heading such as user_id or email is looked for, and a file of one column needs none',
        ),
    }),
    upload: { mediaTypes: ['text/csv', 'text/plain'], mostBytes: mostListBytes },
    reply: listUploadReport.extend({ list: peopleList, planVersion: z.number().int() }),
  },
  deleteList: {
    method: 'DELETE',
    path: '/api/v1/lists/:id',
    tag: 'Lists',
    summary: 'Take a list and its members out; refused while anything uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
