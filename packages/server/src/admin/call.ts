import type { RouteName, routes } from '@tenth/model/api.ts';
import type { CallerIdentity } from '@tenth/model/audit.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Permission } from '@tenth/model/permission.ts';
import type { z } from 'zod';
import type { UploadedText } from '../lists/take-members.ts';

type Routes = typeof routes;

/** Who calls, and on which workspace's things; there is no call on more than one. */
export interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly permissions: ReadonlySet<Permission>;
  /** Who that is, for the audit log. */
  readonly identity: CallerIdentity;
}

/** A user of the console, signed in. */
export interface UserCaller extends Caller {
  readonly sessionId: string;
}

/** The request that a call came with. */
export interface CallOrigin {
  readonly requestId: string;
  readonly address: string;
  /** Empty where the header was not sent. */
  readonly userAgent: string;
}

/** The browser's session with the console, which HTTP keeps in a cookie. */
export interface BrowserSession {
  readonly token: string | undefined;
  set(token: string, maxAgeSeconds: number): void;
  clear(): void;
}

type Parsed<R, Part extends string> = R extends { readonly [K in Part]: infer S extends z.ZodType }
  ? { readonly [K in Part]: z.output<S> }
  : unknown;

type Uploaded<R> = R extends { readonly upload: object }
  ? { readonly upload: UploadedText }
  : unknown;

type Access<Name extends RouteName> = Routes[Name]['access'] extends 'public'
  ? { readonly session: BrowserSession; readonly origin: CallOrigin }
  : Routes[Name]['access'] extends 'signed_in'
    ? { readonly caller: UserCaller; readonly origin: CallOrigin }
    : {
        readonly caller: Caller;
        /** Absent for a command on the server's own machine. */
        readonly origin?: CallOrigin;
      };

/** One call of a route, its parts checked by the route's schemas. */
export type Call<Name extends RouteName> = Parsed<Routes[Name], 'params'> &
  Parsed<Routes[Name], 'query'> &
  Parsed<Routes[Name], 'body'> &
  Uploaded<Routes[Name]> &
  Access<Name>;

export type Reply<Name extends RouteName> = z.output<Routes[Name]['reply']>;

export type Handlers = {
  readonly [Name in RouteName]: (call: Call<Name>) => Promise<Reply<Name>>;
};
