#!/usr/bin/env node
import { runCli } from './cli/cli.ts';
import { environment } from './config/environment.ts';

// What commands write is about people: stores, back-ups, exports and rejected lines.
process.umask(0o077);
// Built, this file lies beside all other built files.
process.exitCode = await runCli(process.argv.slice(2), {
  environment: environment(),
  builtDirectory: new URL('./', import.meta.url),
  print: (text) => process.stdout.write(`${text}\n`),
});
// Threads of the embedded stores that do not end by themselves must not keep the process.
process.exit();
