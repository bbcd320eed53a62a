import type { Permission } from '../permission.ts';
import { personExportPath } from '../person-export.ts';
import { previewPath } from '../preview.ts';
import { simulationPath } from '../simulation.ts';
import { eventStreamPath } from '../timeline-event.ts';
import type { Route } from './route.ts';

/** A route whose reply comes bit by bit, so that the registry of api.ts, of one JSON each, cannot have it. */
export interface StreamedRoute {
  readonly method: Extract<Route['method'], 'GET' | 'POST'>;
  readonly path: string;
  /** All of them, of a user or an API key. */
  readonly needs: readonly Permission[];
}

/** By the operation's name in the API's document and in the audit log. */
export const streamedRoutes = {
  streamEvents: { method: 'GET', path: eventStreamPath, needs: ['read_people'] },
  // Both name people, and a condition of one's own tells of each person by the size alone.
  previewSegment: { method: 'POST', path: previewPath, needs: ['read_people'] },
  simulate: { method: 'POST', path: simulationPath, needs: ['read_people'] },
  // All at once, to be taken along: looking at people is not enough.
  exportPerson: { method: 'GET', path: personExportPath, needs: ['read_people', 'write_people'] },
} as const satisfies Record<string, StreamedRoute>;

export type StreamedRouteName = keyof typeof streamedRoutes;
