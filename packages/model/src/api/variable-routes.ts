import { z } from 'zod';
import { attribute } from '../attribute.ts';
import { variable } from '../variable.ts';
import { byId } from './fields.ts';
import type { Route } from './route.ts';

export const variableRoutes = {
  listVariables: {
    method: 'GET',
    path: '/api/v1/variables',
    tag: 'Variables',
    summary: 'All variables with their levels; cuts at quantiles as they were worked out last',
    access: 'read',
    reply: z.strictObject({ variables: z.array(variable) }),
  },
  putVariable: {
    method: 'PUT',
    path: '/api/v1/variables/:id',
    tag: 'Variables',
    summary: 'Create or replace a variable; cuts at quantiles are worked out soon after',
    access: 'write',
    ...byId,
    body: variable,
    reply: z.strictObject({ variable, planVersion: z.number().int() }),
  },
  deleteVariable: {
    method: 'DELETE',
    path: '/api/v1/variables/:id',
    tag: 'Variables',
    summary: 'Take a variable out; refused while anything uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  listAttributes: {
    method: 'GET',
    path: '/api/v1/attributes',
    tag: 'Attributes',
    summary: 'All inferred attributes',
    access: 'read',
    reply: z.strictObject({ attributes: z.array(attribute) }),
  },
  putAttribute: {
    method: 'PUT',
    path: '/api/v1/attributes/:id',
    tag: 'Attributes',
    summary: 'Create or replace an inferred attribute',
    access: 'write',
    ...byId,
    body: attribute,
    reply: z.strictObject({ attribute, planVersion: z.number().int() }),
  },
  deleteAttribute: {
    method: 'DELETE',
    path: '/api/v1/attributes/:id',
    tag: 'Attributes',
    summary: 'Take an inferred attribute out; refused while anything uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
