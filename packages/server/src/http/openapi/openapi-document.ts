import type { Route } from '@tenth/model/api/route.ts';
import {
  type StreamedRoute,
  type StreamedRouteName,
  streamedRoutes,
} from '@tenth/model/api/streamed-routes.ts';
import { routes } from '@tenth/model/api.ts';
import { collectReply } from '@tenth/model/collect-api.ts';
import { type Permission, type Scope, scopesWith } from '@tenth/model/permission.ts';
import { personRef } from '@tenth/model/person.ts';
import { personExportLine } from '@tenth/model/person-export.ts';
import { previewLine, previewRequest } from '@tenth/model/preview.ts';
import { simulationLine, simulationRequest } from '@tenth/model/simulation.ts';
import { z } from 'zod';
import { type Endpoint, endpoints } from '../collection/endpoints.ts';
import { batchBody, decideBody, messageBody } from './collection-schemas.ts';
import { type JsonSchema, type NamedSchemas, nameSchemas } from './named-schemas.ts';

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

export type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

export interface ResponseObject {
  readonly description: string;
  readonly content?: Content;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
}

const tags = [
  { name: 'Collection', description: "Events in, decisions out: Segment's HTTP tracking API." },
  { name: 'Sign-in', description: 'Signing in to the console, and where one is signed in.' },
  { name: 'Users', description: 'Who may sign in, and as what.' },
  { name: 'Workspace', description: 'Settings of the shop.' },
  { name: 'Keys', description: 'Write keys for clients, API keys for scripts.' },
  { name: 'Campaigns', description: 'What is shown, to whom, when, and how often.' },
  { name: 'Segments', description: 'Groups of people, kept up to date as they act.' },
  { name: 'Variables', description: 'Figures put into a few named levels.' },
  { name: 'Attributes', description: 'What is inferred of people, with how sure it is.' },
  { name: 'Lists', description: 'People named in an uploaded file.' },
  {
    name: 'People',
    description: 'Profiles, timelines, merges, and why a message was shown or not.',
  },
  { name: 'Events', description: 'The latest events, and a live stream of them.' },
  { name: 'Reports', description: 'What came of it.' },
  { name: 'Privacy', description: 'Consent, export, erasure, and who did what.' },
] as const;

/** OpenAPI 3.1, made from the same schemas that check the requests. */
export function createOpenApiDocument(version: string): OpenApiDocument {
  const named = nameSchemas();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { post: collectionOperation(endpoint, named) };
  }
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: administrationOperation(name, route, named),
    };
  }
  for (const [name, { method, path }] of Object.entries<StreamedRoute>(streamedRoutes)) {
    // The keys of `streamedRoutes` are its names.
    const operation = streamedOperations[name as StreamedRouteName](named);
    paths[path.replaceAll(/:(\w+)/g, '{$1}')] = { [method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tenth',
      version,
      summary: 'Decides in the request that carries an action what this one person should see now.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags,
    paths,
    components: {
      schemas: named.components,
      securitySchemes: {
        writeKey: {
          type: 'http',
          scheme: 'basic',
          description: 'Write key as the user name, no password; or writeKey in the body.',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key with the scope that the operation names.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tenth_session',
          description: 'The console, after sign-in.',
        },
      },
    },
  };
}

const json = (ref: string): Content => ({ 'application/json': { schema: { $ref: ref } } });

const problem = (description: string): ResponseObject => ({
  description,
  content: {
    'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } },
  },
});

function collectionOperation(endpoint: Endpoint, named: NamedSchemas): Operation {
  const bodies = { batch: batchBody, any: decideBody } as const;
  const body =
    endpoint.call === 'batch' || endpoint.call === 'any' ? bodies[endpoint.call] : messageBody;
  return {
    operationId: endpoint.path.slice(4),
    tags: ['Collection'],
    summary: endpoint.summary,
    ...(endpoint.aliases.length === 0
      ? {}
      : { description: `The same as ${endpoint.aliases.join(', ')}.` }),
    security: [{ writeKey: [] }, { apiKey: ['collect'] }],
    requestBody: {
      required: true,
      content: {
        ...json(named.inputRef(body)),
        'text/plain': { schema: { $ref: named.inputRef(body) } },
      },
    },
    responses: {
      200: {
        description: 'Stored. `rejected` lists events of the batch that were not taken.',
        content: json(named.outputRef(collectReply)),
      },
      400: {
        description: 'Nothing was taken; the same request will be refused again.',
        content: {
          ...json(named.outputRef(collectReply)),
          ...problem('').content,
        },
      },
      401: problem('The write key is missing or not known; or an API key is needed'),
      403: problem('The API key may not do this'),
      413: problem('The body is over 600 KB'),
      415: problem('The content encoding is not gzip, deflate or br'),
      503: problem('Not stored; send it again'),
    },
  };
}

function administrationOperation(name: string, route: Route, named: NamedSchemas): Operation {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    security:
      route.access === 'public'
        ? [{}]
        : route.access === 'signed_in'
          ? [{ session: [] }]
          : securityOf([route.access]),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBodyOf(route, named),
    responses: {
      200: { description: 'Done', content: json(named.outputRef(route.reply)) },
      ...(route.body === undefined && route.upload === undefined && parameters.length === 0
        ? {}
        : { 400: problem('The request does not fit; `field` says where') }),
      ...(route.access === 'public'
        ? {}
        : { 401: problem('Not signed in, or the API key is not known') }),
      ...(route.method === 'GET' ? {} : { 403: problem('Not allowed') }),
      ...(route.params === undefined ? {} : { 404: problem('There is no such thing') }),
      ...(route.upload === undefined
        ? {}
        : {
            413: problem('The text is over the limit of bytes or lines'),
            415: problem('The content encoding is not gzip, or the charset is not known'),
          }),
      ...(publishing.has(route.tag) ? definitionProblems(route) : {}),
    },
  };
}

/** A key with one of these sets of scopes, or somebody signed in to the console. */
function securityOf(needs: readonly Permission[]): Operation['security'] {
  const sets = needs.reduce<readonly (readonly Scope[])[]>(
    (all, one) => all.flatMap((set) => scopesWith(one).map((scope) => [...set, scope])),
    [[]],
  );
  return [...sets.map((set) => ({ apiKey: set })), { session: [] }];
}

/** Tags of what is part of the plan. */
const publishing: ReadonlySet<string> = new Set([
  ...['Campaigns', 'Segments', 'Variables', 'Attributes', 'Lists', 'Workspace'],
]);

function requestBodyOf(
  { body, upload }: Route,
  named: NamedSchemas,
): Pick<Operation, 'requestBody'> {
  if (body !== undefined) {
    return { requestBody: { required: true, content: json(named.inputRef(body)) } };
  }
  if (upload === undefined) {
    return {};
  }
  const schema = { type: 'string', description: 'One member a line, or CSV; possibly gzipped' };
  const content = Object.fromEntries(upload.mediaTypes.map((type) => [type, { schema }]));
  return { requestBody: { required: true, content } };
}

function definitionProblems(route: Route): Record<string, ResponseObject> {
  return route.method === 'GET'
    ? {}
    : { 422: problem('The definition cannot be published; `field` says where') };
}

const streamedOperations: Readonly<Record<StreamedRouteName, (named: NamedSchemas) => Operation>> =
  {
    streamEvents: streamOperation,
    previewSegment: previewOperation,
    simulate: simulationOperation,
    exportPerson: personExportOperation,
  };

function streamOperation(): Operation {
  return {
    operationId: 'streamEvents',
    tags: ['Events'],
    summary: 'Each event as it is committed, as server-sent events',
    description: 'Every `data` line is one TimelineEvent as JSON.',
    security: securityOf(streamedRoutes.streamEvents.needs),
    responses: {
      200: {
        description: 'The stream; it stays open',
        content: {
          'text/event-stream': { schema: { $ref: '#/components/schemas/TimelineEvent' } },
        },
      },
      401: problem('Not signed in, or the API key is not known'),
      403: problem('Not allowed'),
    },
  };
}

function previewOperation(named: NamedSchemas): Operation {
  return {
    operationId: 'previewSegment',
    tags: ['Segments'],
    summary: 'Whom a segment would have: size, a sample, overlap with others, trend',
    description:
      'Each line of the reply is one PreviewLine as JSON. Closing the connection ends the preview.',
    security: securityOf(streamedRoutes.previewSegment.needs),
    requestBody: { required: true, content: json(named.inputRef(previewRequest)) },
    responses: {
      200: {
        description: 'Lines of JSON, as they come',
        content: {
          'application/x-ndjson': { schema: { $ref: named.outputRef(previewLine) } },
        },
      },
      400: problem('The request does not fit; `field` says where'),
      401: problem('Not signed in, or the API key is not known'),
      403: problem('Not allowed'),
      422: problem('The condition cannot be published; `field` names the place in it'),
    },
  };
}

function personExportOperation(named: NamedSchemas): Operation {
  return {
    operationId: 'exportPerson',
    tags: ['Privacy'],
    summary: 'All that is held of one person',
    description:
      'Each line of the reply is one PersonExportLine as JSON; the last one says done, or what went wrong.',
    security: securityOf(streamedRoutes.exportPerson.needs),
    parameters: parametersOf(z.strictObject({ person: personRef }), 'path'),
    responses: {
      200: {
        description: 'The lines, as they come',
        content: {
          'application/x-ndjson': { schema: { $ref: named.outputRef(personExportLine) } },
        },
      },
      400: problem('The request does not fit; `field` says where'),
      401: problem('Not signed in, or the API key is not known'),
      403: problem('Not allowed'),
      404: problem('There is no such thing'),
    },
  };
}

function simulationOperation(named: NamedSchemas): Operation {
  return {
    operationId: 'simulate',
    tags: ['Campaigns'],
    summary: 'Try a campaign, a cap or a segment out on past traffic',
    description:
      'Each line of the reply is one SimulationLine as JSON: how far it has come, and last the result. Closing the connection ends the simulation.',
    security: securityOf(streamedRoutes.simulate.needs),
    requestBody: { required: true, content: json(named.inputRef(simulationRequest)) },
    responses: {
      200: {
        description: 'The lines, as they come',
        content: {
          'application/x-ndjson': { schema: { $ref: named.outputRef(simulationLine) } },
        },
      },
      400: problem('The request does not fit; `field` says where'),
      401: problem('Not signed in, or the API key is not known'),
      403: problem('Not allowed'),
      422: problem('What is tried out cannot be published; `field` says where'),
      429: problem('Another simulation is running'),
    },
  };
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Parameter[] {
  if (schema === undefined) {
    return [];
  }
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = typeof property === 'boolean' ? {} : property;
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}
