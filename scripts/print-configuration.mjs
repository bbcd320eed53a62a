// Prints the table of all options for the documentation, from the definitions that check them.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: [
    fileURLToPath(new URL('../packages/server/src/config/read-config.ts', import.meta.url)),
  ],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { describeOptions } = await import(`data:text/javascript;base64,${code}`);
process.stdout.write(`${describeOptions()}\n`);
