/** What the process rests on. */
export type PartName = 'process' | 'operational_store' | 'schema' | 'event_log' | 'outbox';

/** `degraded`: it goes on working, and somebody should look. `failing`: it cannot take work. */
export type PartState = 'ok' | 'degraded' | 'failing';

export interface PartReport {
  readonly part: PartName;
  readonly state: PartState;
  /** What is in the way and what to do, in words without internals; undefined where nothing is. */
  readonly detail: string | undefined;
}

export interface ReadinessReport {
  readonly status: 'ready' | 'degraded' | 'not_ready';
  readonly parts: readonly PartReport[];
}

export interface PartCheck {
  readonly part: Exclude<PartName, 'process'>;
  /** What the process is when the check finds something, fails, or does not answer in time. */
  readonly otherwise: 'degraded' | 'failing';
  /** Said where the check fails or does not answer in time. */
  readonly unanswered: string;
  /** Undefined where all is well; otherwise what is in the way. */
  check(): Promise<string | undefined>;
}

/** What asks for readiness gives up soon, too. */
const ANSWER_WITHIN_MS = 2_000;
/** Anybody may ask; the stores are asked once in so long. */
const KEPT_MS = 500;

/** Tells whether the process can take work now, and if not, why. */
export class Readiness {
  readonly #checks: readonly PartCheck[];
  readonly #now: () => number;
  #inTheWay: string | undefined = 'starting';
  #kept: { readonly at: number; readonly parts: Promise<readonly PartReport[]> } | undefined;

  constructor(checks: readonly PartCheck[], now: () => number) {
    this.#checks = checks;
    this.#now = now;
  }

  markReady(): void {
    this.#inTheWay = undefined;
  }

  markStopping(): void {
    this.#inTheWay = 'stopping';
  }

  async check(): Promise<ReadinessReport> {
    if (this.#inTheWay !== undefined) {
      const part: PartReport = { part: 'process', state: 'failing', detail: this.#inTheWay };
      return { status: 'not_ready', parts: [part] };
    }
    if (this.#kept === undefined || this.#now() - this.#kept.at > KEPT_MS) {
      this.#kept = { at: this.#now(), parts: Promise.all(this.#checks.map(runCheck)) };
    }
    const parts = await this.#kept.parts;
    return { status: statusOf(parts), parts };
  }
}

function statusOf(parts: readonly PartReport[]): ReadinessReport['status'] {
  if (parts.some(({ state }) => state === 'failing')) {
    return 'not_ready';
  }
  return parts.some(({ state }) => state === 'degraded') ? 'degraded' : 'ready';
}

async function runCheck({ part, otherwise, unanswered, check }: PartCheck): Promise<PartReport> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(unanswered), ANSWER_WITHIN_MS);
  });
  // Why it failed is logged where it is used; here anybody may read.
  const detail = await Promise.race([check().catch(() => unanswered), late]);
  clearTimeout(timer);
  return { part, state: detail === undefined ? 'ok' : otherwise, detail };
}
