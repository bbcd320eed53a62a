import type { VariableId } from '@tenth/model/ids.ts';
import { type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import type { Definitions } from '../conditions/condition-sql.ts';
import type { EventLogReader } from '../sql/query.ts';
import { buildLevels, findBuild } from './build-levels.ts';
import { type LevelBuild, signatureOf, variablesToBuild } from './level-build.ts';

export interface LevelsAsked {
  readonly definitions: Definitions;
  readonly variables: readonly VariableId[];
  /** Worked out anew, whatever there is. */
  readonly fresh: boolean;
}

export interface PersonLevelsDeps {
  readonly now: () => EpochMs;
  /** Called before a build, so that what was just committed is in the log. */
  readonly flush: () => Promise<void>;
  /** Told of a build behind the scenes that failed. */
  readonly onFailed: (error: unknown) => void;
}

/** An older build still answers, and is made anew behind the scenes. */
const FRESH_MS = 10 * MINUTE_MS;

/** Everybody's levels, worked out when they are asked for and kept for who asks next. */
export class PersonLevels {
  readonly #deps: PersonLevelsDeps;
  readonly #building = new Map<string, Promise<LevelBuild>>();

  constructor(deps: PersonLevelsDeps) {
    this.#deps = deps;
  }

  /** @throws {Error} The event log does not answer. */
  async get(log: EventLogReader, asked: LevelsAsked): Promise<LevelBuild> {
    const now = this.#deps.now();
    const found = asked.fresh ? undefined : await findBuild(log, { ...asked, now });
    if (found === undefined) {
      return this.#build(log, asked);
    }
    if (found.asOf < now - FRESH_MS) {
      this.#build(log, asked).catch(this.#deps.onFailed);
    }
    return found;
  }

  /** One build at a time of the same levels: who asks meanwhile gets that one, too. */
  #build(log: EventLogReader, { definitions, variables }: LevelsAsked): Promise<LevelBuild> {
    const together = variablesToBuild(definitions, variables);
    const key = [log.workspaceId, signatureOf(definitions), ...together].join(' ');
    const running = this.#building.get(key);
    if (running !== undefined) {
      return running;
    }
    const build = this.#deps
      .flush()
      .then(() => buildLevels(log, { definitions, variables: together, now: this.#deps.now() }))
      .finally(() => this.#building.delete(key));
    this.#building.set(key, build);
    return build;
  }
}
