import { readFile } from 'node:fs/promises';
import { campaign } from '@tenth/model/campaign.ts';
import {
  type SimulationLine,
  type SimulationRequest,
  type SimulationResult,
  simulationLine,
  simulationPath,
  simulationRequest,
} from '@tenth/model/simulation.ts';
import { z } from 'zod';
import { callServer, openHere, type Remote, remoteOf } from './call-server.ts';
import type { CliContext, Flags } from './context.ts';
import { printSimulation } from './print-simulation.ts';

const text = z.coerce.string();
const number = z.coerce.number();
const simulateFlags = z.object({
  campaign: z.string('give --campaign FILE'),
  from: text.optional(),
  to: text.optional(),
  moments: text.optional(),
  newShows: text.optional(),
  costPerShow: number.optional(),
  costPerConversion: number.optional(),
  sample: number.optional(),
  json: z.boolean().default(false),
  url: z.url().optional(),
  apiKey: text.optional(),
});

/** `tenth simulate`: tries a campaign, a cap or a segment out on past traffic. */
export async function simulate(flags: Flags, context: CliContext): Promise<number> {
  const { campaign: path, json, url, apiKey, ...given } = simulateFlags.parse(flags);
  const tried = readTried(JSON.parse(await readFile(path, 'utf8')));
  const request = simulationRequest.parse({ ...tried, ...given });
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  process.once('SIGTERM', () => stopped.abort());
  const remote = remoteOf({ url, apiKey });
  const result =
    remote === undefined
      ? await simulateHere(request, stopped.signal, flags, context)
      : await lastOf(linesOfServer(remote, request, stopped.signal));
  context.print(json ? JSON.stringify(result, null, 2) : printSimulation(result));
  return 0;
}

/** A campaign alone, or what a request may say besides. */
function readTried(content: unknown): object {
  const whole = z.looseObject({}).parse(content);
  return 'trigger' in whole ? { campaign: campaign.parse(whole) } : whole;
}

async function simulateHere(
  request: SimulationRequest,
  signal: AbortSignal,
  flags: Flags,
  context: CliContext,
): Promise<SimulationResult> {
  const { tenth, caller } = await openHere(flags, context);
  try {
    return await lastOf(await tenth.admin.simulations.run(caller, request, signal));
  } finally {
    await tenth.stop();
  }
}

async function* linesOfServer(
  remote: Remote,
  request: SimulationRequest,
  signal: AbortSignal,
): AsyncGenerator<SimulationLine> {
  const reply = await callServer(remote, simulationPath, {
    method: 'POST',
    body: JSON.stringify(request),
    signal,
  });
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of reply.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield simulationLine.parse(JSON.parse(line));
    }
  }
}

/** Shows how far it has come, and gives the result. @throws {Error} There is none. */
async function lastOf(lines: AsyncIterable<SimulationLine>): Promise<SimulationResult> {
  for await (const line of lines) {
    switch (line.kind) {
      case 'progress':
        showProgress(line);
        break;
      case 'result':
        clearProgress();
        return line.result;
      case 'problem':
        clearProgress();
        throw new Error(`${line.problem.title}: ${line.problem.detail ?? ''}`);
    }
  }
  throw new Error('the simulation ended without a result');
}

function showProgress({
  phase,
  people,
  events,
  eventsInAll,
}: Extract<SimulationLine, { kind: 'progress' }>): void {
  if (process.stderr.isTTY) {
    const share = eventsInAll === null ? '' : ` of ${eventsInAll}`;
    process.stderr.write(`\r${phase}: ${events}${share} events, ${people} people\u001b[K`);
  }
}

function clearProgress(): void {
  if (process.stderr.isTTY) {
    process.stderr.write('\r\u001b[K');
  }
}
