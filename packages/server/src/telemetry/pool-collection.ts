import { SECOND_MS } from '@tenth/model/time.ts';
import { AggregatorRegistry, type PrometheusContentType } from 'prom-client';
import { setWorkers } from './metrics/workers.ts';

/** A worker that can be asked what it has counted. */
export interface PoolMember {
  /** Throws or is never answered where the worker has just gone. */
  ask(id: number): void;
}

/** What one worker has counted, as prom-client hands it on between processes. */
export type ToldMetrics = readonly object[];

export interface PoolCollectionDeps {
  /** Workers that there should be. */
  readonly count: number;
  /** Told of a worker that is there and does not tell. */
  readonly onFailed: (error: unknown) => void;
}

interface Round {
  readonly id: number;
  readonly waitingFor: Set<PoolMember>;
  readonly told: ToldMetrics[];
  readonly end: () => void;
}

/** A worker's own questions to the stores take two seconds at most; what scrapes gives up after ten. */
const TELL_WITHIN_MS = 3 * SECOND_MS;

/**
 * What the workers of a pool have counted, together. Those that are starting, have ended or do not answer
 * are left out and counted as missing, so that one of them does not take the figures of all away.
 */
export class PoolCollection {
  readonly #deps: PoolCollectionDeps;
  readonly #members = new Set<PoolMember>();
  readonly #rounds = new Set<Round>();
  #lastId = 0;

  constructor(deps: PoolCollectionDeps) {
    this.#deps = deps;
  }

  /** From now on it is asked. */
  join(member: PoolMember): void {
    this.#members.add(member);
  }

  /** It has ended: nobody waits for it any more. */
  leave(member: PoolMember): void {
    this.#members.delete(member);
    for (const round of this.#rounds) {
      dropFrom(round, member);
    }
  }

  /** @param told.metrics Undefined where it could not read them. */
  hear(
    member: PoolMember,
    told: { readonly id: number; readonly metrics: ToldMetrics | undefined },
  ): void {
    for (const round of this.#rounds) {
      if (round.id === told.id && round.waitingFor.has(member)) {
        if (told.metrics !== undefined) {
          round.told.push(told.metrics);
        }
        dropFrom(round, member);
      }
    }
  }

  /** In Prometheus' text format, within {@link TELL_WITHIN_MS}. */
  async render(): Promise<string> {
    const told = await this.#ask();
    const registry = AggregatorRegistry.aggregate<PrometheusContentType>([...told]);
    setWorkers(registry, { wanted: this.#deps.count, telling: told.length });
    return registry.metrics();
  }

  async #ask(): Promise<readonly ToldMetrics[]> {
    this.#lastId += 1;
    const id = this.#lastId;
    const told: ToldMetrics[] = [];
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => {
        const { size } = round.waitingFor;
        this.#deps.onFailed(new Error(`${size} workers did not tell within ${TELL_WITHIN_MS} ms`));
        round.end();
      }, TELL_WITHIN_MS);
      const end = () => {
        clearTimeout(late);
        this.#rounds.delete(round);
        resolve();
      };
      const round: Round = { id, waitingFor: new Set(this.#members), told, end };
      this.#rounds.add(round);
      if (round.waitingFor.size === 0) {
        end();
      }
      for (const member of this.#members) {
        this.#askOne(round, member);
      }
    });
    return told;
  }

  #askOne(round: Round, member: PoolMember): void {
    try {
      member.ask(round.id);
    } catch (error) {
      this.#deps.onFailed(error);
      dropFrom(round, member);
    }
  }
}

function dropFrom({ waitingFor, end }: Round, member: PoolMember): void {
  if (waitingFor.delete(member) && waitingFor.size === 0) {
    end();
  }
}
