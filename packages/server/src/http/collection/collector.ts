import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Plan } from '@tenth/engine/plan/plan.ts';
import type { BrowserSettings, CollectReply, EventTrace } from '@tenth/model/collect-api.ts';
import type { Decision } from '@tenth/model/decision.ts';
import { type EventType, eventType } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import type { LoggedEvent } from '@tenth/model/log-record.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { type CollectResult, collectBatch } from '../../collect/collect.ts';
import type { PseudonymOf } from '../../collect/minimise/minimise-message.ts';
import { type CompiledCollectSettings, compileCollectSettings } from '../../collect/settings.ts';
import type { Pipeline } from '../../commit/pipeline.ts';
import type { Consents } from '../../privacy/consents.ts';
import type { Suppressions } from '../../privacy/suppressions.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import type { Collector } from '../ports.ts';

export interface CollectorDeps {
  readonly pipeline: Pick<Pipeline, 'process'>;
  readonly plans: { get(workspaceId: WorkspaceId): Plan };
  readonly metrics: Pick<Metrics, 'countEvents' | 'countRefusal'>;
  /** Keeps out what happened to somebody before they were erased. */
  readonly suppressions: Pick<Suppressions, 'admit'>;
  /** Keeps what people agree to and take back. */
  readonly consents: Pick<Consents, 'note'>;
  /** What stands for ids and addresses in a workspace that holds no others. */
  readonly pseudonyms: { of(workspaceId: WorkspaceId): Promise<PseudonymOf> };
  /** Signs members' ids; without it nobody's is taken as signed. */
  /** The shop’s servers sign with any of them. */
  readonly signingSecrets: readonly (string | undefined)[];
  readonly now: () => number;
}

/** From a request's body to its reply: collect, then the pipeline from identify to commit. */
export function createCollector(deps: CollectorDeps): Collector {
  const settingsOf = settingsByPlan();
  const verifyUserHash = userHashVerifier(deps.signingSecrets);
  return {
    async collect(request) {
      const plan = deps.plans.get(request.workspaceId);
      const { client } = request;
      const settings = settingsOf(plan);
      const pseudonymOf =
        settings.minimisation?.isPseudonymous === true
          ? await deps.pseudonyms.of(request.workspaceId)
          : undefined;
      const collected = collectBatch({
        body: request.body,
        endpoint: request.call === 'any' ? typeOf(request.body) : request.call,
        receivedAt: request.receivedAt,
        request: client,
        settings,
        pseudonymOf,
        verifyUserHash,
        isTrusted: request.isTrusted,
        newMessageId: randomUUID,
        rawBytes: request.bodyBytes,
      });
      const { accepted, rejected } = collected;
      deps.metrics.countEvents('accepted', accepted.length);
      deps.metrics.countEvents('refused', rejected.length);
      deps.metrics.countEvents('unconsented', collected.unconsented);
      for (const refusal of rejected) {
        deps.metrics.countRefusal(refusal);
      }
      const events = deps.suppressions.admit(
        request.workspaceId,
        accepted.map(({ event }) => event),
      );
      deps.metrics.countEvents('suppressed', accepted.length - events.length);
      const isDeciding = request.isDecide || collected.decide;
      const { decisions, logged } =
        events.length === 0
          ? NOTHING_DONE
          : await deps.pipeline.process(request.workspaceId, events, isDeciding, deps.now());
      await deps.consents.note(
        request.workspaceId,
        collected.consents.filter(
          ({ event }) => deps.suppressions.admit(request.workspaceId, [event]).length > 0,
        ),
      );
      const reply = toReply(
        collected,
        isDeciding ? { decisions, plan, now: deps.now() } : undefined,
      );
      return request.isExplained ? { ...reply, traces: tracesOf(logged) } : reply;
    },
  };
}

const NOTHING_DONE = { decisions: [], logged: [] } as const;

function tracesOf(logged: readonly LoggedEvent[]): EventTrace[] {
  return logged.flatMap(({ event: { messageId }, trace }) =>
    trace === undefined ? [] : [{ messageId, ...trace }],
  );
}

function toReply(
  { accepted, rejected, unconsented, unsigned, settingsVersion }: CollectResult,
  decided:
    | { readonly decisions: readonly Decision[]; readonly plan: Plan; readonly now: EpochMs }
    | undefined,
): CollectReply {
  return {
    // Clients give up on a 400; what a visitor's refusal kept from us is no mistake of theirs.
    success: accepted.length + unconsented > 0 || rejected.length === 0,
    ...(rejected.length === 0 ? {} : { rejected: [...rejected] }),
    ...(unsigned === 0 ? {} : { unsigned }),
    ...(decided === undefined
      ? {}
      : {
          decisions: [...decided.decisions],
          ...(decided.decisions.length === 0 ? {} : { now: decided.now }),
          ...newerSettings(decided.plan.browserSettings, settingsVersion),
        }),
  };
}

function newerSettings(
  settings: BrowserSettings,
  known: number | undefined,
): { readonly settings?: BrowserSettings } {
  return known === undefined || known === settings.version ? {} : { settings };
}

/** @throws {Problem} body-invalid */
function typeOf(body: JsonObject): EventType {
  const type = eventType.safeParse(body.type);
  if (!type.success) {
    throw new Problem('body-invalid', `Give one of ${eventType.options.join(', ')}.`, 'type');
  }
  return type.data;
}

/** Compiled once for each plan, and gone with it. */
function settingsByPlan(): (plan: Plan) => CompiledCollectSettings {
  const kept = new WeakMap<Plan, CompiledCollectSettings>();
  return (plan) => {
    const known = kept.get(plan);
    if (known !== undefined) {
      return known;
    }
    const compiled = compileCollectSettings(plan.settings);
    kept.set(plan, compiled);
    return compiled;
  };
}

function userHashVerifier(
  secrets: CollectorDeps['signingSecrets'],
): (userId: string, hash: string) => boolean {
  const present = secrets.filter((secret) => secret !== undefined);
  return (userId, hash) => {
    const given = Buffer.from(hash, 'hex');
    return present.some((secret) => {
      const expected = createHmac('sha256', secret).update(userId).digest();
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  };
}
