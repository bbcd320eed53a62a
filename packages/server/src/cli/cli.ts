import { type CAC, cac } from 'cac';
import { z } from 'zod';
import { options } from '../config/options.ts';
import { ConfigError } from '../config/read-config.ts';
import { backup } from './backup.ts';
import type { CliContext, Flags } from './context.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { explainDecision } from './explain.ts';
import { importEventsFile } from './import.ts';
import { list } from './list.ts';
import { migrate } from './migrate.ts';
import { move } from './move.ts';
import { person } from './person.ts';
import { restore } from './restore.ts';
import { simulate } from './simulate.ts';
import { start } from './start.ts';
import { version } from './version.ts';

/**
 * Runs one command.
 *
 * @param args What was typed after `tenth`.
 * @returns The exit code.
 */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const cli = cac('tenth');
  let outcome: Promise<number> | undefined;
  const run = (command: (flags: Flags) => Promise<number>) => (flags: Flags) => {
    outcome = command(flags);
  };
  withOptions(cli.command('start', 'Run the server')).action(run((flags) => start(flags, context)));
  withOptions(
    cli.command('demo', 'Run the server with a demo shop and a portal to arrive from'),
  ).action(run((flags) => demo(flags, context)));
  withOptions(
    cli
      .command('import <file>', 'Take in past events from a CSV or a file of Segment messages')
      .option('--url <url>', 'Server to send to; unless given, the data directory is written to')
      .option('--api-key <key>', 'With --url: an API key with the scope collect, to be believed')
      .option('--write-key <key>', 'Which workspace; the only one unless given')
      .option('--preset <name>', 'Mapping of a well-known data set: rees46')
      .option('--mapping <file>', 'Mapping of the columns, as JSON')
      .option('--time <column:format>', 'Column with the time, such as event_time:utc')
      .option('--map <column=path>', 'Where a column goes; may be given many times')
      .option('--set <path=value>', 'The same value on every record')
      .option('--value <column.value=new>', 'What a value becomes')
      .option('--delimiter <character>', 'Between columns; a comma unless given')
      .option('--source-name <name>', "Part of the records' ids; the file's name unless given"),
  ).action((file: string, flags: Flags) => {
    outcome = importEventsFile(file, flags, context);
  });
  withOptions(
    cli
      .command('explain', 'Why a person was or was not shown something at a past moment')
      .option('--person <ref>', 'userId:ID, anonymousId:ID or profileId:ID')
      .option('--campaign <id>', 'This campaign alone; all that were considered unless given')
      .option('--at <time>', 'The last decision up to then, ISO 8601; now unless given')
      .option('--message <id>', 'The decision on this event instead')
      .option('--json', 'All of it, as JSON')
      .option('--url <url>', 'Server to ask; unless given, the data directory is read')
      .option('--api-key <key>', 'Of that server'),
  ).action(run((flags) => explainDecision(flags, context)));
  withOptions(
    cli
      .command('simulate', 'Try a campaign out on past traffic')
      .option('--campaign <file>', 'The campaign as JSON, or {campaign, segments, personCaps}')
      .option('--from <time>', '30 days before the end unless given, ISO 8601')
      .option('--to <time>', 'Excluded; now unless given')
      .option('--moments <which>', 'decided, or every_event for a history that was imported')
      .option('--new-shows <how>', 'seen or unseen: what becomes of what was not really shown')
      .option('--cost-per-show <amount>', "In units of the shop's currency")
      .option('--cost-per-conversion <amount>', 'Of a coupon that is redeemed')
      .option('--sample <count>', 'Cases of each kind to name')
      .option('--json', 'All of it, as JSON')
      .option('--url <url>', 'Server to ask; unless given, the data directory is read')
      .option('--api-key <key>', 'Of that server'),
  ).action(run((flags) => simulate(flags, context)));
  withOptions(
    cli
      .command('list <action> <id> <file>', 'list upload ID FILE: replace the members of a list')
      .option('--by <kind>', 'What the lines name people by: user_id or email')
      .option('--name <name>', 'What the list is called; unless given, as before, or its id')
      .option('--column <heading>', 'Column of a CSV; unless given, the one called like --by')
      .option('--charset <label>', 'Encoding of the file, such as euc-kr; utf-8 unless given')
      .option('--url <url>', 'Server to send to; unless given, the data directory is written to')
      .option('--api-key <key>', 'With --url: an API key with the scope write')
      .option('--write-key <key>', 'Without --url: which workspace; the only one unless given'),
  ).action((action: string, id: string, path: string, flags: Flags) => {
    outcome = list({ action, id, path }, flags, context);
  });
  withOptions(
    cli
      .command('person <action> <ref>', 'person export REF, person erase REF; REF as userId:ID')
      .option('--out <file>', 'Of an export; printed unless given')
      .option('--url <url>', 'Server to ask; unless given, the data directory is used')
      .option('--api-key <key>', 'Of that server, with the scopes read and write'),
  ).action((action: string, ref: string, flags: Flags) => {
    outcome = person({ action, ref }, flags, context);
  });
  withOptions(
    cli.command('backup <folder>', 'Copy the embedded stores, while no server uses them'),
  ).action((folder: string, flags: Flags) => {
    outcome = backup(folder, flags, context);
  });
  withOptions(cli.command('restore <folder>', 'Put a back-up into an empty data directory')).action(
    (folder: string, flags: Flags) => {
      outcome = restore(folder, flags, context);
    },
  );
  withOptions(
    cli
      .command('doctor', 'Look for what keeps Tenth from running here, or soon will')
      .option('--json', 'Each finding with its check, for programs'),
  ).action(run((flags) => doctor(flags, context)));
  withOptions(cli.command('migrate', 'Bring both stores up to this version')).action(
    run((flags) => migrate(flags, context)),
  );
  withOptions(
    cli
      .command('move', 'Copy the stores of the data directory to served ones')
      .option('--to-database-url <url>', 'An empty PostgreSQL database')
      .option('--to-clickhouse-url <url>', 'An empty ClickHouse database; made where it is missing')
      .option('--to-clickhouse-cluster <name>', 'Its cluster, where the log is to be spread'),
  ).action(run((flags) => move(flags, context)));
  cli.help();
  cli.version(version);
  try {
    cli.parse(['node', 'tenth', ...args], { run: false });
    const isAnswered = cli.options.help === true || cli.options.version === true;
    if (cli.matchedCommand === undefined && !isAnswered) {
      cli.outputHelp();
      return args.length === 0 ? 0 : refuse(args[0] ?? '');
    }
    cli.runMatchedCommand();
    return (await outcome) ?? 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

function refuse(command: string): number {
  console.error(`\nthere is no command ${command}`);
  return 1;
}

function withOptions<Command extends ReturnType<CAC['command']>>(command: Command): Command {
  for (const { flag, placeholder, description, env, defaultText } of Object.values(options)) {
    command.option(
      `--${flag} <${placeholder}>`,
      `${description} [${env}; default: ${defaultText}]`,
    );
  }
  return command;
}

/** What an operator can act on, in a line or two; a stack only for what nobody foresaw. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) {
    return error.message;
  }
  if (error instanceof z.ZodError) {
    return error.issues
      .map(({ path, message }) => `${path.length === 0 ? '' : `${path.join('.')}: `}${message}`)
      .join('\n');
  }
  if (!(error instanceof Error)) {
    return String(error);
  }
  if ('code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? ` ${String(error.port)}` : '';
    return `Port${port} is taken. Stop what uses it, or choose another with --port.`;
  }
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
