import { type Config, type OptionName, options } from './options.ts';

/** What is set outside the program: environment variables and, over them, flags by option name. */
export interface ConfigSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly flags: Readonly<Record<string, unknown>>;
}

/** All that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  readonly complaints: readonly string[];

  constructor(complaints: readonly string[]) {
    super(`The configuration does not fit:\n${complaints.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.complaints = complaints;
  }
}

/**
 * Checks every option. A flag goes before its variable; an empty variable counts as not set.
 *
 * @throws {ConfigError} Names each option that does not fit, and why.
 */
export function readConfig({ environment, flags }: ConfigSources): Config {
  const values: Record<string, unknown> = {};
  const complaints: string[] = [];
  for (const [name, { env, flag, type }] of Object.entries(options)) {
    const given = asText(flags[name]) ?? asText(environment[env]);
    const result = type.safeParse(given);
    if (result.success) {
      values[name] = result.data;
    } else {
      const said = flags[name] === undefined ? env : `--${flag}`;
      complaints.push(`${said}: ${result.error.issues.map((issue) => issue.message).join('; ')}`);
    }
  }
  if (complaints.length > 0) {
    throw new ConfigError(complaints);
  }
  // Each option of `options` has put in its own parsed value above.
  return values as Config;
}

/** The page of the documentation: a row an option, as a table in Markdown. */
export function describeOptions(): string {
  const rows = Object.values(options).map(
    ({ env, flag, placeholder, defaultText, description }) =>
      `| \`${env}\` | \`--${flag} ${placeholder.replaceAll('|', '\\|')}\` | ${defaultText} | ${description} |`,
  );
  return ['| variable | flag | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** The configuration in use, for the start-up log; secrets are hidden. */
export function printableConfig(config: Config): Readonly<Record<string, unknown>> {
  const names = Object.keys(options) as OptionName[]; // Object.keys forgets the literal keys
  return Object.fromEntries(
    names.map((name) => {
      const definition = options[name];
      const isHidden = 'isSecret' in definition && config[name] !== undefined;
      return [definition.env, isHidden ? '(hidden)' : config[name]];
    }),
  );
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  return String(value);
}
