// What the suite does briefly, at length: `npm run soak`, or one of them by name.
//   kill       SIGKILL under load: TENTH_KILL_ROUNDS (200), TENTH_KILL_SEED
//   agreement  the live evaluator against SQL: AGREEMENT_RUNS (1) of 100,000 pairs and more, AGREEMENT_SEED
//   nodes      three nodes, killed, with both databases restarted: TENTH_NODES_SECONDS (300), TENTH_NODES_SEED
//   fuzz       hostile requests: FUZZ_RUNS (100000), FUZZ_SEED
import { spawnSync } from 'node:child_process';

const chance = String(Date.now() % 2 ** 31);

const soaks = {
  kill() {
    const seed = process.env.TENTH_KILL_SEED ?? chance;
    const rounds = process.env.TENTH_KILL_ROUNDS ?? '200';
    console.error(`soak: ${rounds} kills, seed ${seed}`);
    return run('e2e', 'e2e/kill.e2e.ts', { TENTH_KILL_SEED: seed, TENTH_KILL_ROUNDS: rounds });
  },
  nodes() {
    const seed = process.env.TENTH_NODES_SEED ?? chance;
    const seconds = process.env.TENTH_NODES_SECONDS ?? '300';
    console.error(`soak: three nodes for ${seconds} s, seed ${seed}`);
    return run('e2e', 'e2e/nodes.e2e.ts', {
      TENTH_NODES_SEED: seed,
      TENTH_NODES_SECONDS: seconds,
    });
  },
  agreement() {
    const runs = Number(process.env.AGREEMENT_RUNS ?? 1);
    for (let index = 0; index < runs; index += 1) {
      const seed = String(Number(process.env.AGREEMENT_SEED ?? chance) + index * 1_000);
      console.error(`soak: 2,400 conditions on about 50 people each, seed ${seed}`);
      const file = 'packages/server/src/measure/conditions/agreement.ch.test.ts';
      const status = run('ch', file, { AGREEMENT_SEED: seed, AGREEMENT_CONDITIONS: '800' });
      if (status !== 0) {
        return status;
      }
    }
    return 0;
  },
  fuzz() {
    const seed = process.env.FUZZ_SEED ?? chance;
    const runs = process.env.FUZZ_RUNS ?? '100000';
    console.error(`soak: ${runs} hostile requests, seed ${seed}`);
    const file = 'packages/server/src/assembly/fuzz.ch.test.ts';
    return run('ch', file, { FUZZ_RUNS: runs, FUZZ_SEED: seed });
  },
};

function run(project, file, variables) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', project, file],
    { stdio: 'inherit', env: { ...process.env, ...variables } },
  );
  return status ?? 1;
}

const [, , wanted] = process.argv;
const chosen = wanted === undefined ? Object.keys(soaks) : [wanted];
for (const name of chosen) {
  const soak = soaks[name];
  if (soak === undefined) {
    console.error(
      `there is no soak ${name}: give ${Object.keys(soaks).join(' or ')}, or nothing for all`,
    );
    process.exit(2);
  }
  const status = soak();
  if (status !== 0) {
    process.exit(status);
  }
}
