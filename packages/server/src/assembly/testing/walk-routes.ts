import type { Route } from '@tenth/model/api/route.ts';
import {
  type StreamedRoute,
  type StreamedRouteName,
  streamedRoutes,
} from '@tenth/model/api/streamed-routes.ts';
import { type RouteName, routes } from '@tenth/model/api.ts';
import { rudderSettingsPath } from '../../http/collection/client-settings.ts';
import { endpoints } from '../../http/collection/endpoints.ts';
import { definitionsOf, sharedIds } from './shop-history.ts';

/** One request to try, on whatever shop the key belongs to. */
export interface RouteCall {
  /** Of the registry, or the path. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly contentType: string | undefined;
  readonly body: string | undefined;
  /** It changes nothing that a later reading shows. */
  readonly isReading: boolean;
}

/** What is known of a shop by someone who should not: ids that no other shop shares. */
export interface KnownIds {
  readonly profileIds: readonly string[];
  readonly mergeIds: readonly string[];
  readonly keyIds: readonly string[];
  readonly erasureIds: readonly string[];
}

const password = 'a long enough password';

/** Bodies that the routes take, with `text` in every text. A route with a body and none here is not covered. */
function bodiesOf(text: string): Partial<Record<RouteName, readonly object[]>> {
  const definitions = definitionsOf(text);
  return {
    setUp: [{ password }],
    signIn: [{ password }],
    acceptInvitation: [{ token: text, password }],
    changePassword: [{ current: password, next: password }],
    confirmTotp: [{ secret: text, code: '000000' }],
    removeTotp: [{ password }],
    inviteUser: [{ email: 'somebody@shop.example', role: 'analyst' }],
    setUserRole: [{ role: 'analyst' }],
    putWorkspace: [definitions.workspace],
    checkInstallation: [{ url: 'http://shop.invalid/' }],
    createKey: [{ name: text, kind: 'api_key' }],
    changeKey: [{ name: text }],
    rotateKey: [{ graceHours: 24 }],
    addPersonConsents: [{ answers: { marketing_sms: 'granted' }, source: text }],
    putCampaign: [definitions.campaign],
    setCampaignStatus: [{ status: 'paused' }],
    putSegment: [definitions.segment],
    putVariable: [definitions.variable],
    putAttribute: [definitions.attribute],
    exploreCells: [
      { variables: [sharedIds.variable], campaignId: sharedIds.campaign, fresh: true },
    ],
    listCellPeople: [
      { variables: [sharedIds.variable], levels: ['high'] },
      { variables: [sharedIds.variable], levels: ['low'] },
    ],
  };
}

const queries: Partial<Record<RouteName, readonly string[]>> = {
  uploadList: ['?by=user_id'],
  listPeople: ['', '?search=kim', `?segmentId=${sharedIds.segment}`, '?limit=200'],
  listPersonEvents: ['?limit=200'],
  listRecentEvents: ['?limit=200'],
  listAudit: ['?limit=200'],
  explainMoment: ['', `?campaignId=${sharedIds.campaign}`, '?messageId=message-0'],
};

/** Nothing is changed by these, although they are no GET. */
const readingPosts: readonly string[] = ['exploreCells', 'listCellPeople'];

/**
 * Every route of the registry and every other address of the API with every id that fits it: readings
 * first, then changes, then what takes away.
 */
export function callsOfRoutes(text: string, known: KnownIds): readonly RouteCall[] {
  const bodies = bodiesOf(text);
  const all = Object.entries<Route>(routes).flatMap(([name, route]) => {
    // The keys of `routes` are its names.
    const routeName = name as RouteName;
    const paths = pathsOf(route, known).flatMap((path) =>
      (queries[routeName] ?? ['']).map((query) => path + query),
    );
    const sent =
      route.upload === undefined
        ? (bodies[routeName] ?? [undefined]).map((body) =>
            body === undefined ? undefined : JSON.stringify(body),
          )
        : [definitionsOf(text).list];
    return paths.flatMap((path) =>
      sent.map((body) => ({
        route: name,
        method: route.method,
        path,
        contentType:
          body === undefined
            ? undefined
            : route.upload === undefined
              ? 'application/json'
              : 'text/csv',
        body,
        isReading: route.method === 'GET' || readingPosts.includes(name),
      })),
    );
  });
  const order = ({ method, isReading }: RouteCall) => (isReading ? 0 : method === 'DELETE' ? 2 : 1);
  return [...all, ...callsOfStreamedRoutes(text, known)].sort(
    (left, right) => order(left) - order(right),
  );
}

function callsOfStreamedRoutes(text: string, known: KnownIds): readonly RouteCall[] {
  const { campaign, segment } = definitionsOf(text);
  const bodies: Readonly<Record<StreamedRouteName, object | undefined>> = {
    streamEvents: undefined,
    previewSegment: { condition: segment.condition, overlapWith: [sharedIds.segment] },
    simulate: { campaign, moments: 'every_event' },
    exportPerson: undefined,
  };
  return Object.entries<StreamedRoute>(streamedRoutes)
    .filter(([, { path }]) => !otherPaths.includes(path))
    .flatMap(([name, { method, path }]) => {
      // The keys of `streamedRoutes` are its names.
      const body = bodies[name as StreamedRouteName];
      return pathsOf({ path }, known).map((filled) => ({
        route: name,
        method,
        path: filled,
        contentType: body === undefined ? undefined : 'application/json',
        body: body === undefined ? undefined : JSON.stringify(body),
        isReading: true,
      }));
    });
}

/** Covered by a test of their own: by write key, or without an end. */
export const otherPaths: readonly string[] = [
  streamedRoutes.streamEvents.path,
  rudderSettingsPath,
  ...endpoints.flatMap(({ path, aliases }) => [path, ...aliases]),
];

/** The route's path with each id that fits. */
function pathsOf(
  { path, params }: Pick<Route, 'path' | 'params'>,
  known: KnownIds,
): readonly string[] {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const filled = names.reduce<readonly Readonly<Record<string, string>>[]>(
    (all, name) => all.flatMap((one) => idsFor(name, known).map((id) => ({ ...one, [name]: id }))),
    [{}],
  );
  return filled
    .filter((values) => params?.safeParse(values).success ?? true)
    .map((values) =>
      path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? '')),
    );
}

function idsFor(name: string, known: KnownIds): readonly string[] {
  const { userId, devices, ...things } = sharedIds;
  switch (name) {
    case 'person':
      return [
        `userId:${userId}`,
        ...devices.map((device) => `anonymousId:${device}`),
        ...known.profileIds.map((id) => `profileId:${id}`),
      ];
    case 'campaignId':
      return [things.campaign];
    default:
      return [...Object.values(things), ...known.mergeIds, ...known.keyIds, ...known.erasureIds];
  }
}
