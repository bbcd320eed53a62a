import type { CallerIdentity } from '@tenth/model/audit.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { CallOrigin } from '../call.ts';
import type { AuditLog, NewAuditEntry, SubjectHashes } from './ports.ts';

export interface Act {
  readonly workspaceId: WorkspaceId;
  readonly caller: CallerIdentity;
  /** Undefined for a command on the server's own machine. */
  readonly origin: CallOrigin | undefined;
  readonly name: string;
  /** Parameters of its address. */
  readonly target: Readonly<Record<string, string>>;
}

/** What only the result tells. */
export interface ActResult {
  readonly planVersion: NewAuditEntry['planVersion'];
  /** Names of what was made by it, beside the target. */
  readonly made: Readonly<Record<string, string>>;
}

export interface AuditTrailDeps {
  readonly log: AuditLog;
  readonly subjects: SubjectHashes;
  readonly now: () => EpochMs;
}

/** Writes down who did what. An act is answered only once its entry stands. */
export class AuditTrail {
  readonly #deps: AuditTrailDeps;

  constructor(deps: AuditTrailDeps) {
    this.#deps = deps;
  }

  /**
   * Runs an act and writes it down, also where it is refused.
   *
   * @throws {unknown} What the act threw; or what kept the entry from being written, after the act.
   */
  async run<Result>(
    act: Act,
    work: () => Promise<Result>,
    tell: (result: Result) => ActResult = () => nothing,
  ): Promise<Result> {
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      await this.#write(act, error instanceof Problem ? error.code : 'internal', nothing);
      throw error;
    }
    await this.#write(act, 'done', tell(result));
    return result;
  }

  async #write(act: Act, outcome: string, { planVersion, made }: ActResult): Promise<void> {
    const { log, subjects, now } = this.#deps;
    const { workspaceId, caller, origin, name } = act;
    const { person, ...target } = act.target;
    const named = person === undefined ? {} : { person: await subjects.hash(workspaceId, person) };
    await log.append(workspaceId, {
      at: now(),
      caller,
      act: name,
      target: { ...target, ...named, ...made },
      outcome,
      planVersion,
      requestId: origin?.requestId ?? '',
      address: origin?.address ?? '',
    });
  }
}

const nothing: ActResult = { planVersion: null, made: {} };
