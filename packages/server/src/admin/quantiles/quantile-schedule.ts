import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import type { Variable } from '@tenth/model/variable.ts';
import type { PlanRegistry, PublishedPlan } from '../plan-registry.ts';
import type { Publisher } from '../publisher.ts';
import { signatureOf } from './keep-cuts.ts';
import type { FiguresOf } from './ports.ts';
import { type Cut, workOutCuts } from './work-out-cuts.ts';

export interface QuantileScheduleDeps {
  readonly plans: Pick<PlanRegistry, 'workspaces'> & {
    get(workspaceId: WorkspaceId): Pick<PublishedPlan, 'definition'>;
  };
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly figuresOf: FiguresOf;
  readonly now: () => EpochMs;
  /** Told what went wrong; it is tried again. */
  readonly onFailed: (
    error: unknown,
    of: { readonly workspaceId: WorkspaceId; readonly variableId: string },
  ) => void;
}

type QuantileVariable = Variable & {
  readonly levelling: Extract<Variable['levelling'], { readonly kind: 'quantiles' }>;
};

const LOOK_EVERY_MS = MINUTE_MS;
const RETRY_AFTER_MS = 10 * MINUTE_MS;
/** A new shop has no figures yet; as soon as it has some, they count. */
const RETRY_WITHOUT_FIGURES_MS = HOUR_MS;

/**
 * Works out the cuts of variables with levels at quantiles anew, as often as each wants, and publishes
 * those that changed. One after the other: each is a question over everybody.
 */
export class QuantileSchedule {
  readonly #deps: QuantileScheduleDeps;
  /** What was looked at here, changed or not, and when to look again. */
  readonly #next = new Map<string, { readonly signature: string; readonly dueAt: EpochMs }>();
  #running: Promise<void> | undefined;
  #isWanted = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: QuantileScheduleDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#isStopped = false;
    this.#timer ??= setInterval(() => this.wake(), LOOK_EVERY_MS).unref();
    this.wake();
  }

  /** Looks soon at what is due. */
  wake(): void {
    void this.runDue();
  }

  /** Waits for what is being worked out. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#isStopped = true;
    await this.#running;
  }

  /** Works out what is due. Never rejects; asked while it runs, it looks once more afterwards. */
  runDue(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#runWhileWanted().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runWhileWanted(): Promise<void> {
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false;
      for (const workspaceId of this.#deps.plans.workspaces()) {
        for (const variable of quantileVariables(this.#deps.plans.get(workspaceId).definition)) {
          const isDue = this.#dueAt(workspaceId, variable) <= this.#deps.now();
          if (isDue && !this.#isStopped) {
            await this.#renew(workspaceId, variable);
          }
        }
      }
    }
  }

  #dueAt(workspaceId: WorkspaceId, { id, levelling }: QuantileVariable): EpochMs {
    const { everyHours, computedAt } = levelling;
    const looked = this.#next.get(`${workspaceId}/${id}`);
    const own = looked?.signature === scheduleSignature(levelling) ? looked.dueAt : 0;
    return Math.max(own, computedAt === undefined ? 0 : computedAt + everyHours * HOUR_MS);
  }

  async #renew(workspaceId: WorkspaceId, variable: QuantileVariable): Promise<void> {
    const { figuresOf, now, onFailed } = this.#deps;
    const { id, levelling } = variable;
    let wait = levelling.everyHours * HOUR_MS;
    try {
      const figures = await figuresOf(workspaceId, levelling.of);
      const cuts = workOutCuts(
        levelling.levels.map(({ share }) => share),
        figures,
      );
      if (cuts === undefined) {
        wait = Math.min(wait, RETRY_WITHOUT_FIGURES_MS);
      } else if (cuts.some(({ below }, level) => levelling.levels[level]?.below !== below)) {
        await this.#publish(workspaceId, variable, cuts);
      }
    } catch (error) {
      wait = RETRY_AFTER_MS;
      onFailed(error, { workspaceId, variableId: id });
    }
    this.#next.set(`${workspaceId}/${id}`, {
      signature: scheduleSignature(levelling),
      dueAt: now() + wait,
    });
  }

  async #publish(
    workspaceId: WorkspaceId,
    { id, levelling }: QuantileVariable,
    cuts: readonly Cut[],
  ): Promise<void> {
    const computedAt = this.#deps.now();
    await this.#deps.publisher.publish(workspaceId, {
      path: `variables.${id}`,
      apply: (current) => ({
        ...current,
        variables: current.variables.map((variable) =>
          // Edited or taken out meanwhile: then these are cuts of something else.
          variable.id === id &&
          variable.levelling.kind === 'quantiles' &&
          signatureOf(variable.levelling) === signatureOf(levelling)
            ? { ...variable, levelling: withCuts(variable.levelling, cuts, computedAt) }
            : variable,
        ),
      }),
    });
  }
}

function quantileVariables({ variables }: PlanDefinition): readonly QuantileVariable[] {
  return variables.flatMap((variable) =>
    variable.levelling.kind === 'quantiles' ? [{ ...variable, levelling: variable.levelling }] : [],
  );
}

function scheduleSignature(levelling: QuantileVariable['levelling']): string {
  return `${levelling.everyHours} ${signatureOf(levelling)}`;
}

function withCuts(
  levelling: QuantileVariable['levelling'],
  cuts: readonly Cut[],
  computedAt: EpochMs,
): QuantileVariable['levelling'] {
  return {
    ...levelling,
    levels: levelling.levels.map(({ id, name, share }, level) => {
      const { below, reached } = cuts[level] ?? {};
      return {
        id,
        name,
        share,
        ...(below === undefined ? {} : { below }),
        ...(reached === undefined ? {} : { reached }),
      };
    }),
    computedAt,
  };
}
