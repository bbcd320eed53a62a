import { type RouteName, routes } from '@tenth/model/api.ts';
import { ApiError, problemOf } from './api-error.ts';

type Routes = typeof routes;

/** What a schema takes and gives, read through Standard Schema, which zod implements. */
interface StandardTypes {
  readonly input: unknown;
  readonly output: unknown;
}
type TypesOf<S> = S extends { readonly '~standard': { readonly types?: infer T } }
  ? Extract<T, StandardTypes>
  : never;
type Given<S> = TypesOf<S>['input'];
type Got<S> = TypesOf<S>['output'];

type Part<R, Key extends string> = R extends { readonly [K in Key]: infer S }
  ? { readonly [K in Key]: Given<S> }
  : unknown;
/** A query may be left out whole, as none of its fields is required. */
type QueryPart<R> = R extends { readonly query: infer S } ? { readonly query?: Given<S> } : unknown;

/** What a call of this route needs: `params`, `query` and `body` as the route's schemas say. */
export type RequestOf<Name extends RouteName> = Part<Routes[Name], 'params'> &
  QueryPart<Routes[Name]> &
  Part<Routes[Name], 'body'>;

export type ReplyOf<Name extends RouteName> = Got<Routes[Name]['reply']>;

/** The same, seen without the route's name. */
interface AnyRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Puts the params into a Fastify style path and appends the query; values left undefined are skipped. */
export function buildPath(path: string, request: AnyRequest): string {
  const filled = path.replace(/:([a-zA-Z]+)/g, (_match, name: string) => {
    const value = request.params?.[name];
    if (value === undefined || value === '') {
      throw new Error(`the path ${path} lacks its ${name}`);
    }
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== '') {
      query.set(name, String(value));
    }
  }
  return query.size === 0 ? filled : `${filled}?${query}`;
}

/**
 * Calls one route of the administration API with the browser's session cookie.
 *
 * The reply is not checked again here: console and server are built from the same schemas and
 * shipped together, and the server's own tests hold its replies to them.
 *
 * @throws {ApiError} The server refused (with its problem details) or could not be reached.
 */
export async function callApi<Name extends RouteName>(
  name: Name,
  request: RequestOf<Name>,
  signal?: AbortSignal,
): Promise<ReplyOf<Name>> {
  const route = routes[name];
  // RequestOf<Name> is an AnyRequest for each name, which the compiler cannot see for all at once.
  const parts = request as AnyRequest;
  const response = await reach(buildPath(route.path, parts), {
    method: route.method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(route.method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    // The server asks for JSON on everything that changes state, so that no other site's form fits.
    ...(route.method === 'GET' ? {} : { body: JSON.stringify(parts.body ?? {}) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) {
    throw new ApiError(await problemOf(response));
  }
  return (await response.json()) as ReplyOf<Name>;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') {
      throw cause;
    }
    throw new ApiError(
      { code: 'unreachable', status: 0, title: 'The server cannot be reached' },
      cause,
    );
  }
}
