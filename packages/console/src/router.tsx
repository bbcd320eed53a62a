import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { Frame } from './frame/frame.tsx';
import { CrashPage, MissingPage } from './frame/missing-page.tsx';
import { readPeriodSearch } from './period/period.ts';
import { readCampaignSearch } from './routes/campaigns/campaign-search.ts';
import { readPeopleSearch } from './routes/people/people-search.ts';
import { readPersonSearch } from './routes/people/person-search.ts';
import { readSettingsSearch } from './routes/settings/settings-search.ts';

const root = createRootRoute({ component: Frame, notFoundComponent: MissingPage });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readPeriodSearch,
  component: lazyRouteComponent(
    () => import('./routes/overview/overview-page.tsx'),
    'OverviewPage',
  ),
});

const live = createRoute({
  getParentRoute: () => root,
  path: '/live',
  component: lazyRouteComponent(() => import('./routes/live-events/live-page.tsx'), 'LivePage'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./routes/people/people-page.tsx'), 'PeoplePage'),
});

const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$person',
  validateSearch: readPersonSearch,
  component: lazyRouteComponent(() => import('./routes/people/person-page.tsx'), 'PersonPage'),
});

const segments = createRoute({
  getParentRoute: () => root,
  path: '/segments',
  component: lazyRouteComponent(
    () => import('./routes/segments/segments-page.tsx'),
    'SegmentsPage',
  ),
});

const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  component: lazyRouteComponent(
    () => import('./routes/campaigns/campaigns-page.tsx'),
    'CampaignsPage',
  ),
});

const campaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id',
  validateSearch: readCampaignSearch,
  component: lazyRouteComponent(
    () => import('./routes/campaigns/campaign-page.tsx'),
    'CampaignPage',
  ),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: readSettingsSearch,
  component: lazyRouteComponent(
    () => import('./routes/settings/settings-page.tsx'),
    'SettingsPage',
  ),
});

const tree = root.addChildren([
  overview,
  live,
  people,
  person,
  segments,
  campaigns,
  campaign,
  settings,
]);

export function createConsoleRouter() {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    defaultPreload: 'intent',
    defaultErrorComponent: CrashPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
