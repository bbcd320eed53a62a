import { z } from 'zod';
import { workspaceSettings } from '../workspace.ts';
import type { Route } from './route.ts';

export const workspaceRoutes = {
  getWorkspace: {
    method: 'GET',
    path: '/api/v1/workspace',
    tag: 'Workspace',
    summary: 'Settings, and the version of what is published',
    access: 'read',
    reply: z.strictObject({
      id: z.string(),
      planVersion: z.number().int(),
      settings: workspaceSettings,
    }),
  },
  putWorkspace: {
    method: 'PUT',
    path: '/api/v1/workspace',
    tag: 'Workspace',
    summary: 'Replace the settings',
    access: 'settings',
    body: workspaceSettings,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
