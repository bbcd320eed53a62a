import { Problem } from '@tenth/model/problem.ts';
import type { SimulationLine, SimulationRequest } from '@tenth/model/simulation.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Caller } from '../call.ts';
import type { Simulations } from '../ports.ts';
import { periodOf } from './reports.ts';

/** Runs simulations, one at a time: each takes every core that visitors leave free. */
export class SimulationRunner {
  readonly #simulations: Simulations;
  readonly #now: () => EpochMs;
  #isRunning = false;

  constructor(simulations: Simulations, now: () => EpochMs) {
    this.#simulations = simulations;
    this.#now = now;
  }

  /**
   * @param signal Aborted when nobody waits for the reply any more.
   * @throws {Problem} body-invalid, definition-invalid, with the field; too-many-attempts
   */
  async run(
    caller: Caller,
    request: SimulationRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<SimulationLine>> {
    const period = periodOf(request, this.#now());
    if (this.#isRunning) {
      throw new Problem('too-many-attempts', 'Another simulation is running; wait for it.');
    }
    this.#isRunning = true;
    try {
      const lines = await this.#simulations.run(caller.workspaceId, { request, period, signal });
      return this.#untilRead(lines);
    } catch (error) {
      this.#isRunning = false;
      throw error;
    }
  }

  async *#untilRead(lines: AsyncIterable<SimulationLine>): AsyncGenerator<SimulationLine> {
    try {
      yield* lines;
    } finally {
      this.#isRunning = false;
    }
  }
}
