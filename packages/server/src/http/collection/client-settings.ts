import { Problem } from '@tenth/model/problem.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { WriteKeys } from '../ports.ts';
import { requestOrigin } from '../request-origin.ts';
import { preflight } from './collection.ts';
import { allowAnyOrigin } from './cross-origin.ts';
import { readWriteKey } from './write-key.ts';

export interface ClientSettingsDeps {
  readonly writeKeys: WriteKeys;
  readonly publicUrl: string | undefined;
}

export const segmentSettingsPath = '/v1/projects/:writeKey/settings';
export const rudderSettingsPath = '/sourceConfig';
const projectParams = z.object({ writeKey: z.string() });

/** What unmodified clients of others ask for at start: with it they send everything to Tenth. */
export function serveClientSettings(app: FastifyInstance, deps: ClientSettingsDeps): void {
  allowAnyOrigin(app);

  app.get(segmentSettingsPath, async (request, reply) => {
    const { writeKey } = projectParams.parse(request.params);
    await requireWorkspace(deps.writeKeys, writeKey);
    const origin = new URL(deps.publicUrl ?? requestOrigin(request));
    reply.header('cache-control', 'public, max-age=60');
    return segmentSettings(writeKey, origin);
  });
  app.options(segmentSettingsPath, preflight);

  for (const path of [rudderSettingsPath, `${rudderSettingsPath}/`]) {
    app.get(path, async (request, reply) => {
      const writeKey = readWriteKey({
        authorization: request.headers.authorization,
        body: undefined,
        query: request.query,
      });
      const workspaceId = await requireWorkspace(deps.writeKeys, writeKey);
      reply.header('cache-control', 'private, max-age=60');
      return rudderSettings(writeKey, workspaceId);
    });
    app.options(path, preflight);
  }
}

async function requireWorkspace(writeKeys: WriteKeys, writeKey: string): Promise<string> {
  const use = await writeKeys.find(writeKey);
  if (use === undefined) {
    throw new Problem(
      'write-key-unknown',
      'Use a write key of a workspace; the console shows them.',
    );
  }
  return use.workspaceId;
}

/** The shape that @segment/analytics-next reads from its `cdnURL`. */
function segmentSettings(writeKey: string, origin: URL) {
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost: `${origin.host}/v1`,
        protocol: origin.protocol.slice(0, -1),
        unbundledIntegrations: [],
        addBundledMetadata: false,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: {
      track: { __default: { enabled: true, integrations: {} } },
      identify: { __default: { enabled: true } },
      group: { __default: { enabled: true } },
    },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    // No figures about the client go to anyone.
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
}

/** The shape that RudderStack's scripts read from their `configUrl`. */
function rudderSettings(writeKey: string, workspaceId: string) {
  const off = { enabled: false };
  return {
    source: {
      id: workspaceId,
      name: workspaceId,
      writeKey,
      workspaceId,
      enabled: true,
      config: { statsCollection: { errors: off, metrics: off } },
      connections: [],
      destinations: [],
      dataplanes: {},
    },
    updatedAt: '1970-01-01T00:00:00.000Z',
  };
}
