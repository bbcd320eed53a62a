import { campaignRoutes } from './api/campaign-routes.ts';
import { keyRoutes } from './api/key-routes.ts';
import { listRoutes } from './api/list-routes.ts';
import { peopleRoutes } from './api/people-routes.ts';
import { privacyRoutes } from './api/privacy-routes.ts';
import { reportRoutes } from './api/report-routes.ts';
import { segmentRoutes } from './api/segment-routes.ts';
import { signInRoutes } from './api/sign-in-routes.ts';
import { userRoutes } from './api/user-routes.ts';
import { variableRoutes } from './api/variable-routes.ts';
import { workspaceRoutes } from './api/workspace-routes.ts';

/**
 * The administration API, route by route. The server validates with these schemas, the OpenAPI
 * document is generated from them, and the console's client is typed by them.
 */
export const routes = {
  ...signInRoutes,
  ...userRoutes,
  ...workspaceRoutes,
  ...keyRoutes,
  ...campaignRoutes,
  ...segmentRoutes,
  ...variableRoutes,
  ...listRoutes,
  ...peopleRoutes,
  ...privacyRoutes,
  ...reportRoutes,
} as const;

export type RouteName = keyof typeof routes;
