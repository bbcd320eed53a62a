import { expect, test } from 'vitest';
import { options } from './options.ts';
import { ConfigError, describeOptions, printableConfig, readConfig } from './read-config.ts';

const nothing = { environment: {}, flags: {} };

test('an empty configuration works', () => {
  expect(readConfig(nothing)).toMatchObject({
    port: 4_800,
    host: '127.0.0.1',
    dataDir: './.tenth',
    trustProxy: false,
    logLevel: 'info',
    databaseUrl: undefined,
  });
});

test('a flag goes before its variable, and an empty variable is not set', () => {
  const config = readConfig({
    environment: { TENTH_PORT: '9000', TENTH_HOST: '' },
    flags: { port: 9_100 },
  });
  expect(config.port).toBe(9_100);
  expect(config.host).toBe('127.0.0.1');
});

test('all bad options are reported at once, each by the name it was given under', () => {
  const read = () =>
    readConfig({
      environment: { TENTH_PORT: 'eighty', DATABASE_URL: 'mysql://here', TENTH_LOG_LEVEL: 'loud' },
      flags: { publicUrl: 'tenth' },
    });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/TENTH_PORT: give a port number/);
  expect(read).toThrow(/DATABASE_URL: give a URL/);
  expect(read).toThrow(/TENTH_LOG_LEVEL: give one of/);
  expect(read).toThrow(/--public-url: give a URL/);
});

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['10.0.0.5', ['10.0.0.5']],
  ['10.0.0.5, 10.1.0.0/16,fd00::/8', ['10.0.0.5', '10.1.0.0/16', 'fd00::/8']],
])('proxies that are trusted may be %s', (text, trustProxy) => {
  const environment = { TENTH_TRUST_PROXY: text };
  expect(readConfig({ environment, flags: {} })).toMatchObject({ trustProxy });
});

test.each([
  'yes',
  '2',
  'proxy.internal',
  '10.0.0.5,',
  '10.1',
  '10.0.0.0/33',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.5;10.0.0.6',
])('proxies that are trusted may not be %s', (text) => {
  const read = () => readConfig({ environment: { TENTH_TRUST_PROXY: text }, flags: {} });
  expect(read).toThrow(/TENTH_TRUST_PROXY: give true, false, or addresses and networks/);
});

test('a public URL is kept as its origin', () => {
  const config = readConfig({
    environment: { TENTH_PUBLIC_URL: 'https://tenth.example.com/console/' },
    flags: {},
  });
  expect(config.publicUrl).toBe('https://tenth.example.com');
});

test('the documentation names every option with its variable and default', () => {
  const help = describeOptions();
  for (const { env, flag, defaultText } of Object.values(options)) {
    expect(help).toContain(env);
    expect(help).toContain(`--${flag}`);
    expect(help).toContain(defaultText);
  }
});

test('secrets are not printed at start-up', () => {
  const config = readConfig({
    environment: { DATABASE_URL: 'postgres://user:secret@host/tenth' },
    flags: {},
  });
  expect(JSON.stringify(printableConfig(config))).not.toContain('secret');
});
