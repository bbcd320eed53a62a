import { z } from 'zod';
import { roleList, roles } from '../nodes/role.ts';
import { areDestinations } from '../outgoing/allowed-destinations.ts';
import { option } from './option.ts';
import { trustedProxies } from './trusted-proxies.ts';

const webOrigin = z
  .url({ protocol: /^https?$/, error: 'give a URL such as https://tenth.example.com' })
  .transform((url) => new URL(url).origin);

const key = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,128}$/, 'use 8 to 128 letters, digits, hyphens and underscores');

const yesOrNo = z
  .enum(['true', 'false', '1', '0'], 'give true or false')
  .default('false')
  .transform((text) => text === 'true' || text === '1');

const rate = z.coerce
  .number('give requests a second')
  .int('give whole requests a second')
  .min(0, 'give 0 or more requests a second')
  .max(1_000_000, 'give at most 1000000 requests a second');

/** Everything that can be configured. An empty environment works. */
export const options = {
  port: option({
    env: 'TENTH_PORT',
    flag: 'port',
    placeholder: 'PORT',
    type: z.coerce
      .number('give a port number')
      .int('give a port number')
      .min(0, 'a port is 0 to 65533')
      // The demo uses the two ports after it.
      .max(65_533, 'a port is 0 to 65533')
      .default(4_800),
    defaultText: '4800',
    description:
      'Port of the collector, the API and the console. The demo shop and the demo portal take the two after it; 0 picks free ones.',
  }),
  host: option({
    env: 'TENTH_HOST',
    flag: 'host',
    placeholder: 'HOST',
    type: z.string().min(1).default('127.0.0.1'),
    defaultText: '127.0.0.1',
    description: 'Address to listen on. 0.0.0.0 serves other machines too.',
  }),
  dataDir: option({
    env: 'TENTH_DATA_DIR',
    flag: 'data-dir',
    placeholder: 'DIR',
    type: z.string().min(1).default('./.tenth'),
    defaultText: './.tenth',
    description: 'Where the embedded stores keep their files. One process a directory.',
  }),
  publicUrl: option({
    env: 'TENTH_PUBLIC_URL',
    flag: 'public-url',
    placeholder: 'URL',
    type: webOrigin.optional(),
    defaultText: 'taken from each request',
    description:
      'Origin under which browsers reach Tenth. With https the console cookie is sent over https only.',
  }),
  trustProxy: option({
    env: 'TENTH_TRUST_PROXY',
    flag: 'trust-proxy',
    placeholder: 'true|false|ADDRESSES',
    type: trustedProxies,
    defaultText: 'false',
    description:
      'Whose X-Forwarded-For, -Host and -Proto are believed: true for whoever connects, where that is always a proxy that sets them; behind several, the addresses and networks of all of them, with commas between.',
  }),
  databaseUrl: option({
    env: 'DATABASE_URL',
    flag: 'database-url',
    placeholder: 'URL',
    type: z
      .url({ protocol: /^postgres(ql)?$/, error: 'give a URL such as postgres://user@host/tenth' })
      .optional(),
    defaultText: 'embedded PostgreSQL in the data directory',
    description: 'PostgreSQL to use in place of the embedded one.',
    isSecret: true,
  }),
  databaseConnections: option({
    env: 'TENTH_DATABASE_CONNECTIONS',
    flag: 'database-connections',
    placeholder: 'COUNT',
    type: z.coerce
      .number('give a number of connections')
      .int('give a number of connections')
      .min(2, 'two connections at least')
      .max(1_000, '1000 connections at most')
      .default(10),
    defaultText: '10',
    description:
      'Connections of each process to a PostgreSQL server, at most; one more listens for changes.',
  }),
  clickhouseUrl: option({
    env: 'CLICKHOUSE_URL',
    flag: 'clickhouse-url',
    placeholder: 'URL',
    type: z
      .url({
        protocol: /^https?$/,
        error: 'give a URL such as http://user:password@host:8123/tenth',
      })
      .optional(),
    defaultText: 'embedded ClickHouse in the data directory',
    description: 'ClickHouse to use in place of the embedded one.',
    isSecret: true,
  }),
  clickhouseCluster: option({
    env: 'CLICKHOUSE_CLUSTER',
    flag: 'clickhouse-cluster',
    placeholder: 'NAME',
    type: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'use letters, digits, hyphens and underscores')
      .optional(),
    defaultText: 'none: one server',
    description:
      'Name of the ClickHouse cluster over whose shards and replicas the event log is spread. Only for a new event log.',
  }),
  outboxLimitMb: option({
    env: 'TENTH_OUTBOX_LIMIT_MB',
    flag: 'outbox-limit-mb',
    placeholder: 'MB',
    type: z.coerce
      .number('give a number of megabytes')
      .int('give a number of megabytes')
      .min(1, 'one megabyte at least')
      .default(10_240),
    defaultText: '10240',
    description:
      'What may wait in PostgreSQL while the event log is away, over all processes. Beyond it new events are refused with 503, so that the disk does not fill; an event takes about 200 bytes.',
  }),
  workers: option({
    env: 'TENTH_WORKERS',
    flag: 'workers',
    placeholder: 'COUNT',
    type: z.coerce
      .number('give a number of processes')
      .int('give a number of processes')
      .min(1, 'one process at least')
      .max(256, '256 processes at most')
      .default(1),
    defaultText: '1',
    description:
      'Processes of this machine that share the port; one that ends is started again. More than one needs DATABASE_URL and CLICKHOUSE_URL.',
  }),
  roles: option({
    env: 'TENTH_ROLES',
    flag: 'roles',
    placeholder: 'ROLES',
    type: roleList,
    defaultText: roles.join(','),
    description:
      'What this process does. Not all of it needs DATABASE_URL and CLICKHOUSE_URL, and other processes for the rest.',
  }),
  signingSecret: option({
    env: 'TENTH_SIGNING_SECRET',
    flag: 'signing-secret',
    placeholder: 'SECRET',
    type: z.string().min(16, 'use 16 characters or more').max(200).optional(),
    defaultText: 'none: no signature is taken',
    description:
      'With it the shop’s server signs the ids of its members (HMAC-SHA256, in hex, sent as userHash), so that content about a member is shown to that member alone.',
    isSecret: true,
  }),
  secretKey: option({
    env: 'TENTH_SECRET_KEY',
    flag: 'secret-key',
    placeholder: 'SECRET',
    type: z
      .string()
      .min(32, 'use 32 characters or more, such as what openssl rand -base64 32 prints')
      .max(200)
      .optional(),
    defaultText: 'none: secrets of authenticator apps are stored as they are',
    description:
      'Under it the secrets of users’ authenticator apps are encrypted in the database. The same for all processes; keep it apart from back-ups of the database.',
    isSecret: true,
  }),
  previousSigningSecret: option({
    env: 'TENTH_PREVIOUS_SIGNING_SECRET',
    flag: 'previous-signing-secret',
    placeholder: 'SECRET',
    type: z.string().min(16, 'use 16 characters or more').max(200).optional(),
    defaultText: 'none',
    description:
      'While TENTH_SIGNING_SECRET is being changed: signatures made with this one are taken as well.',
    isSecret: true,
  }),
  previousSecretKey: option({
    env: 'TENTH_PREVIOUS_SECRET_KEY',
    flag: 'previous-secret-key',
    placeholder: 'SECRET',
    type: z.string().min(32, 'use 32 characters or more').max(200).optional(),
    defaultText: 'none',
    description:
      'While TENTH_SECRET_KEY is being changed: what was encrypted with this one is read, and encrypted anew by the next start.',
    isSecret: true,
  }),
  metricsToken: option({
    env: 'TENTH_METRICS_TOKEN',
    flag: 'metrics-token',
    placeholder: 'TOKEN',
    type: z.string().min(16, 'use 16 characters or more').max(200).optional(),
    defaultText: 'none: only this machine may read /metrics',
    description: 'With it as Authorization: Bearer, other machines may read /metrics too.',
    isSecret: true,
  }),
  metricsOpen: option({
    env: 'TENTH_METRICS_OPEN',
    flag: 'metrics-open',
    placeholder: 'true|false',
    type: yesOrNo,
    defaultText: 'false',
    description: 'Lets anybody who reaches the port read /metrics.',
  }),
  otlpEndpoint: option({
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    flag: 'otlp-endpoint',
    placeholder: 'URL',
    type: z
      .url({ protocol: /^https?$/, error: 'give a URL such as http://collector:4318' })
      .optional(),
    defaultText: 'none: nothing is traced',
    description:
      'OpenTelemetry collector to send traces to, as OTLP over HTTP. The other OTEL_ variables (service name, sampler, headers …) hold too.',
  }),
  oidcIssuer: option({
    env: 'TENTH_OIDC_ISSUER',
    flag: 'oidc-issuer',
    placeholder: 'URL',
    type: z
      .url({ protocol: /^https?$/, error: 'give a URL such as https://login.example' })
      .optional(),
    defaultText: 'none: users sign in by password',
    description:
      'OpenID Connect provider through which users may sign in to the console, too, by the verified address they were invited under. Its client is sent back to /api/v1/session/oidc/callback of the public URL.',
  }),
  oidcClientId: option({
    env: 'TENTH_OIDC_CLIENT_ID',
    flag: 'oidc-client-id',
    placeholder: 'ID',
    type: z.string().max(300).optional(),
    defaultText: 'none',
    description: 'Client that the provider knows Tenth by.',
  }),
  oidcClientSecret: option({
    env: 'TENTH_OIDC_CLIENT_SECRET',
    flag: 'oidc-client-secret',
    placeholder: 'SECRET',
    type: z.string().max(500).optional(),
    defaultText: 'none',
    description: 'Secret of that client.',
    isSecret: true,
  }),
  addressRate: option({
    env: 'TENTH_ADDRESS_RATE',
    flag: 'address-rate',
    placeholder: 'REQUESTS',
    type: rate.default(100),
    defaultText: '100',
    description:
      'Requests a second that this node takes for long from one address (an IPv6 network of /64); ten times as many at once, 0 for any number. This machine’s own addresses are not counted.',
  }),
  senderRate: option({
    env: 'TENTH_SENDER_RATE',
    flag: 'sender-rate',
    placeholder: 'REQUESTS',
    type: rate.default(20_000),
    defaultText: '20000',
    description: 'The same of one write key or API key to the collector.',
  }),
  apiRate: option({
    env: 'TENTH_API_RATE',
    flag: 'api-rate',
    placeholder: 'REQUESTS',
    type: rate.default(100),
    defaultText: '100',
    description: 'The same of one API key to the administration.',
  }),
  outgoingAllow: option({
    env: 'TENTH_OUTGOING_ALLOW',
    flag: 'outgoing-allow',
    placeholder: 'HOSTS',
    type: z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((entry) => entry.trim())
          .filter(Boolean),
      )
      .refine(
        areDestinations,
        'give host names, addresses and networks such as crm.internal,10.1.0.0/16',
      ),
    defaultText: 'none: the public internet alone',
    description:
      'What Tenth may call although it is not on the public internet: host names, addresses and networks, with commas between.',
  }),
  logLevel: option({
    env: 'TENTH_LOG_LEVEL',
    flag: 'log-level',
    placeholder: 'LEVEL',
    type: z
      .enum(
        ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
        'give one of silent, fatal, error, warn, info, debug, trace',
      )
      .default('info'),
    defaultText: 'info',
    description: 'How much is logged.',
  }),
  demoWriteKey: option({
    env: 'TENTH_DEMO_WRITE_KEY',
    flag: 'demo-write-key',
    placeholder: 'KEY',
    type: key.default('demo_write_key'),
    defaultText: 'demo_write_key',
    description: 'Write key of the demo workspace.',
  }),
  demoApiKey: option({
    env: 'TENTH_DEMO_API_KEY',
    flag: 'demo-api-key',
    placeholder: 'KEY',
    type: key.default('demo_api_key'),
    defaultText: 'demo_api_key',
    description: 'API key of the demo workspace, with the scopes read and write.',
    isSecret: true,
  }),
} as const;

export type OptionName = keyof typeof options;

/** What the process runs with, checked. */
export type Config = {
  readonly [Name in OptionName]: z.output<(typeof options)[Name]['type']>;
};
