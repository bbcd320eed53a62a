import { usesDataDir } from '../assembly/open-stores.ts';
import { readConfig } from '../config/read-config.ts';
import type { CliContext, Flags } from './context.ts';
import { checkDataDir } from './doctor/check-data-dir.ts';
import { checkHost } from './doctor/check-host.ts';
import { checkPorts, findRunning } from './doctor/check-ports.ts';
import { checkStores } from './doctor/check-stores.ts';
import type { Finding } from './doctor/finding.ts';

const marks: Readonly<Record<Finding['state'], string>> = {
  ok: ' ok ',
  warning: 'WARN',
  bad: 'BAD ',
};

/**
 * `tenth doctor`: looks for what keeps Tenth from running here, or soon will, also beside a server that
 * runs. Exit code 1 when it finds something bad; warnings alone leave it at 0.
 */
export async function doctor(flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  const { builtDirectory } = context;
  const running = await findRunning(config);
  const { findings: ofDataDir, lock } = usesDataDir(config)
    ? checkDataDir(config, running)
    : { findings: [], lock: undefined };
  let findings: readonly Finding[];
  try {
    findings = [
      ...(await checkHost(config, builtDirectory)),
      ...ofDataDir,
      ...(await checkPorts(config, running)),
      ...(await checkStores({ config, builtDirectory, lock, now: Date.now })),
    ];
  } finally {
    lock?.release();
  }
  const isWell = findings.every(({ state }) => state !== 'bad');
  if (flags['json'] === true) {
    context.print(JSON.stringify({ isWell, findings }, null, 2));
  } else {
    for (const { state, what } of findings) {
      context.print(`${marks[state]} ${what}`);
    }
  }
  return isWell ? 0 : 1;
}
