import type { CollectRequest } from '../ports.ts';

export interface Endpoint {
  readonly path: string;
  readonly call: CollectRequest['call'];
  readonly summary: string;
  /** Other paths that mean the same. */
  readonly aliases: readonly string[];
  readonly isDecide?: boolean;
}

/** Segment's HTTP tracking API, RudderStack's on the same paths, and decisions for callers on a server. */
export const endpoints: readonly Endpoint[] = [
  {
    path: '/v1/track',
    call: 'track',
    summary: 'Something a person did',
    aliases: ['/v1/t'],
  },
  {
    path: '/v1/identify',
    call: 'identify',
    summary: 'Who a person is, and what is known of them',
    aliases: ['/v1/i'],
  },
  { path: '/v1/page', call: 'page', summary: 'A page was seen', aliases: ['/v1/p'] },
  {
    path: '/v1/screen',
    call: 'screen',
    summary: 'A screen of an app was seen',
    aliases: ['/v1/s'],
  },
  { path: '/v1/group', call: 'group', summary: 'A person belongs to a group', aliases: ['/v1/g'] },
  {
    path: '/v1/alias',
    call: 'alias',
    summary: 'Two ids belong to one person',
    aliases: ['/v1/a'],
  },
  {
    path: '/v1/batch',
    call: 'batch',
    summary: 'Several events in one request',
    // RudderStack's browser script sends its last events to the second as a beacon.
    aliases: ['/v1/b', '/v1/import', '/beacon/v1/batch'],
  },
  {
    path: '/v1/decide',
    call: 'any',
    summary: 'An event or a batch, answered with what to show now',
    aliases: [],
    isDecide: true,
  },
];
