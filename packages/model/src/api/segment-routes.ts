import { z } from 'zod';
import { presetLibrary } from '../preset.ts';
import { segment } from '../segment.ts';
import { segmentBackfill } from '../segment-backfill.ts';
import { byId } from './fields.ts';
import type { Route } from './route.ts';

export const segmentRoutes = {
  listSegments: {
    method: 'GET',
    path: '/api/v1/segments',
    tag: 'Segments',
    summary: 'All segments, with how many people are in each',
    access: 'read',
    reply: z.strictObject({
      segments: z.array(
        z.strictObject({
          segment,
          people: z.number().int(),
          lag: z
            .strictObject({ lastMs: z.number(), p99Ms: z.number() })
            .nullable()
            .optional()
            .describe(
              'How long after it was due a change by time alone was stored, of late and on this server; null where there was none',
            ),
        }),
      ),
    }),
  },
  putSegment: {
    method: 'PUT',
    path: '/api/v1/segments/:id',
    tag: 'Segments',
    summary: 'Create or replace a segment',
    access: 'write',
    ...byId,
    query: z.strictObject({
      review: z
        .enum(['true', 'false'])
        .default('false')
        .describe(
          'true: the definition before stands until who comes in and goes out has been counted and approved',
        ),
    }),
    body: segment,
    reply: z.strictObject({ segment, planVersion: z.number().int() }),
  },
  getSegmentBackfill: {
    method: 'GET',
    path: '/api/v1/segments/:id/backfill',
    tag: 'Segments',
    summary:
      'How far the last change of a segment has come to everybody, and who comes in and goes out',
    access: 'read',
    ...byId,
    reply: segmentBackfill,
  },
  approveSegment: {
    method: 'POST',
    path: '/api/v1/segments/:id/backfill/approve',
    tag: 'Segments',
    summary: 'Put a counted definition in the place of the one before, at once',
    access: 'write',
    ...byId,
    reply: segmentBackfill,
  },
  dismissSegment: {
    method: 'POST',
    path: '/api/v1/segments/:id/backfill/dismiss',
    tag: 'Segments',
    summary: 'Drop a definition that has not taken the place of the one before yet',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  revertSegment: {
    method: 'POST',
    path: '/api/v1/segments/:id/revert',
    tag: 'Segments',
    summary: 'Publish the definition that stood before the present one',
    access: 'write',
    ...byId,
    reply: z.strictObject({ segment, planVersion: z.number().int() }),
  },
  deleteSegment: {
    method: 'DELETE',
    path: '/api/v1/segments/:id',
    tag: 'Segments',
    summary: 'Take a segment out; refused while a campaign or segment uses it',
    access: 'write',
    ...byId,
    reply: z.strictObject({ planVersion: z.number().int() }),
  },
  listPresets: {
    method: 'GET',
    path: '/api/v1/presets',
    tag: 'Segments',
    summary: 'Segments that only have to be chosen, with what may be set',
    access: 'read',
    reply: presetLibrary,
  },
} as const satisfies Record<string, Route>;
