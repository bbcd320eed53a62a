import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import { monthsBefore } from '@tenth/model/months-before.ts';
import type { PrivacySettings } from '@tenth/model/privacy-settings.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import type { AuditLog } from '../admin/audit/ports.ts';
import type { Eraser } from './eraser.ts';
import type { ErasureStore, InactivePeople, RetentionLog } from './ports.ts';

export interface RetentionDeps {
  readonly workspaces: () => readonly WorkspaceId[];
  readonly settingsOf: (workspaceId: WorkspaceId) => PrivacySettings;
  readonly people: InactivePeople;
  readonly eraser: Pick<Eraser, 'requestMany'>;
  readonly erasures: Pick<ErasureStore, 'find'>;
  readonly log: RetentionLog;
  /** Where each deletion is written down. */
  readonly audit: Pick<AuditLog, 'append'>;
  readonly now: () => EpochMs;
  /** Told of what failed; it is tried again. */
  onFailed?(error: unknown): void;
}

const TURN_MS = MINUTE_MS;
/** One transaction takes them out, and holds up commits for as long as it takes. */
const BATCH_PEOPLE = 500;

/**
 * Deletes what workspaces do not want to hold any longer: people who have not been seen for long, a batch a
 * turn, each erased like anybody who asks for it; and, once a day, old events.
 */
export class Retention {
  readonly #deps: RetentionDeps;
  /** When each workspace's events were last looked at; again after a restart. */
  readonly #lookedAt = new Map<WorkspaceId, EpochMs>();
  /** The batch that is being erased. */
  readonly #underWay = new Map<WorkspaceId, string>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopping = false;

  constructor(deps: RetentionDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#isStopping = false;
    this.#timer ??= setInterval(() => {
      this.#running ??= this.runDue().finally(() => {
        this.#running = undefined;
      });
    }, TURN_MS).unref();
  }

  /** Finishes what is in hand. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  /** One turn. Never rejects. */
  async runDue(): Promise<void> {
    for (const workspaceId of this.#deps.workspaces()) {
      const { eventMonths, inactiveMonths } = this.#deps.settingsOf(workspaceId);
      try {
        if (inactiveMonths !== null && !this.#isStopping) {
          await this.#eraseInactive(workspaceId, inactiveMonths);
        }
        if (eventMonths !== null && !this.#isStopping) {
          await this.#deleteEvents(workspaceId, eventMonths);
        }
      } catch (error) {
        this.#deps.onFailed?.(error);
      }
    }
  }

  async #eraseInactive(workspaceId: WorkspaceId, months: number): Promise<void> {
    const { people, eraser, erasures, now } = this.#deps;
    const before = this.#underWay.get(workspaceId);
    if (before !== undefined) {
      const erasure = await erasures.find(workspaceId, before);
      if (erasure?.verifiedAt === undefined) {
        return;
      }
      this.#underWay.delete(workspaceId);
    }
    const notSince = monthsBefore(now(), months);
    const due: readonly ProfileId[] = await people.listNotSeenSince(
      workspaceId,
      notSince,
      BATCH_PEOPLE,
    );
    if (due.length === 0) {
      return;
    }
    const { erasureId } = await eraser.requestMany(workspaceId, due);
    this.#underWay.set(workspaceId, erasureId);
    await this.#note(workspaceId, {
      people: String(due.length),
      notSeenSince: new Date(notSince).toISOString(),
      erasure: erasureId,
    });
  }

  async #deleteEvents(workspaceId: WorkspaceId, months: number): Promise<void> {
    const { log, now } = this.#deps;
    const at = now();
    if (at - (this.#lookedAt.get(workspaceId) ?? 0) < DAY_MS) {
      return;
    }
    const before = monthsBefore(at, months);
    const deleted = await log.deleteBefore(workspaceId, before);
    this.#lookedAt.set(workspaceId, at);
    if (deleted.events + deleted.decisions > 0) {
      await this.#note(workspaceId, {
        events: String(deleted.events),
        decisions: String(deleted.decisions),
        before: new Date(before).toISOString(),
      });
    }
  }

  async #note(workspaceId: WorkspaceId, target: Readonly<Record<string, string>>): Promise<void> {
    await this.#deps.audit.append(workspaceId, {
      at: this.#deps.now(),
      caller: { kind: 'schedule', id: 'retention' },
      act: 'applyRetention',
      target,
      outcome: 'done',
      planVersion: null,
      requestId: '',
      address: '',
    });
  }
}
