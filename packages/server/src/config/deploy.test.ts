import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { options } from './options.ts';
import { readConfig } from './read-config.ts';

const deploy = new URL('../../../../deploy/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, deploy), 'utf8');
const has = (tool: string) => spawnSync(tool, ['--version']).error === undefined;

const known = new Set<string>(Object.values(options).map(({ env }) => env));
/** Of the images of PostgreSQL and ClickHouse, and of Node.js. */
const others = /^(POSTGRES_(USER|PASSWORD|DB)|CLICKHOUSE_(USER|PASSWORD|DB)|NODE_ENV)$/;

const files = readdirSync(deploy, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(fileURLToPath(deploy), join(entry.parentPath, entry.name)));

describe.each(files)('deploy/%s', (file) => {
  test('names no variable that Tenth does not know', () => {
    const named = read(file).match(
      /\b(TENTH|POSTGRES|CLICKHOUSE|DATABASE|OTEL)_[A-Z_]+\b|\bNODE_ENV\b/g,
    );
    const strange = new Set((named ?? []).filter((name) => !known.has(name) && !others.test(name)));
    expect([...strange]).toEqual([]);
  });

  test.runIf(/\.ya?ml$/.test(file))('is YAML, each key once', () => {
    const errors = parseAllDocuments(read(file)).flatMap((document) => document.errors);
    expect(errors).toEqual([]);
  });
});

test('every port is the one that Tenth listens on unless told otherwise', () => {
  const { port } = readConfig({ environment: {}, flags: {} });
  expect(read('Dockerfile')).toContain(`EXPOSE ${port}\n`);
  expect(read('compose.yaml')).toContain(`"127.0.0.1:${port}:${port}"`);
  const { spec } = parse(read('kubernetes/deployment.yaml'));
  const [container] = spec.template.spec.containers;
  expect(container.ports).toEqual([{ name: 'http', containerPort: port }]);
  const { value } = container.env.find((one: { name: string }) => one.name === 'TENTH_PORT');
  expect(value).toBe(String(port));
});

test('what compose and Kubernetes set is a configuration that fits', () => {
  const compose = parse(read('compose.yaml'));
  const environment = compose.services.tenth.environment;
  const filled = Object.fromEntries(
    Object.entries<string>(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\w+:?[?-]?([^}]*)\}/g, (_, text: string) =>
        text.includes(' ') ? 'password' : text,
      ),
    ]),
  );
  expect(readConfig({ environment: filled, flags: {} })).toMatchObject({
    databaseUrl: 'postgres://tenth:password@postgres:5432/tenth',
    trustProxy: false,
  });
  const { stringData } = parse(read('kubernetes/secret.example.yaml'));
  expect(readConfig({ environment: stringData, flags: {} }).signingSecret).toBeDefined();
});

test('containers and the service run as nobody in particular, and have time to stop', () => {
  // The stop gives up by itself after 25 s.
  const enough = 25;
  const { spec } = parse(read('kubernetes/deployment.yaml'));
  const pod = spec.template.spec;
  expect(pod.securityContext.runAsNonRoot).toBe(true);
  expect(pod.containers[0].securityContext).toMatchObject({ readOnlyRootFilesystem: true });
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(enough + 5);
  const { tenth } = parse(read('compose.yaml')).services;
  expect(Number.parseInt(tenth.stop_grace_period, 10)).toBeGreaterThan(enough);
  expect(read('Dockerfile')).toMatch(/^USER 1000:1000$/m);
  const service = read('systemd/tenth.service');
  expect(service).toContain('NoNewPrivileges=yes');
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(service)?.[1])).toBeGreaterThan(enough);
});

test('the flags of Node.js are those of npm start', () => {
  const flags: string[] = JSON.parse(
    readFileSync(new URL('../node-flags.json', import.meta.url), 'utf8'),
  );
  const entry = /^ENTRYPOINT (.*)$/m.exec(read('Dockerfile'))?.[1] ?? '[]';
  expect(JSON.parse(entry)).toEqual(expect.arrayContaining(flags));
  expect(read('systemd/tenth.service')).toContain(flags.join(' '));
});

test.skipIf(!has('systemd-analyze'))('systemd takes the unit', () => {
  const { status, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', fileURLToPath(new URL('systemd/tenth.service', deploy))],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test.skipIf(!has('kubectl'))('kustomize puts the parts together', () => {
  const built = execFileSync(
    'kubectl',
    ['kustomize', fileURLToPath(new URL('kubernetes', deploy))],
    {
      encoding: 'utf8',
    },
  );
  const kinds = parseAllDocuments(built).map((document) => document.toJS().kind);
  expect(kinds.sort()).toEqual([
    'ConfigMap',
    'Deployment',
    'HorizontalPodAutoscaler',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'Service',
  ]);
});
