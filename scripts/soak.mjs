// The kill test, longer: TENTH_KILL_ROUNDS (200 unless set) and a seed that is printed.
import { spawnSync } from 'node:child_process';

const seed = process.env.TENTH_KILL_SEED ?? String(Date.now() % 2 ** 31);
const rounds = process.env.TENTH_KILL_ROUNDS ?? '200';
console.error(`soak: ${rounds} kills, seed ${seed}`);
const run = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'e2e/kill.e2e.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, TENTH_KILL_SEED: seed, TENTH_KILL_ROUNDS: rounds },
  },
);
process.exit(run.status ?? 1);
