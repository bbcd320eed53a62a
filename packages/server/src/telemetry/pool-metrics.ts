import cluster, { type Worker } from 'node:cluster';
import { unreachable } from '@tenth/model/brand.ts';
import { SECOND_MS } from '@tenth/model/time.ts';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { PoolCollection, type PoolMember } from './pool-collection.ts';

/** From a worker that was asked for the metrics of all to the process that started it, and back. */
const wanted = z.object({ kind: z.literal('tenth-metrics-wanted'), id: z.number() });
const given = z.object({ kind: z.literal('tenth-metrics'), id: z.number(), text: z.string() });
const failed = z.object({ kind: z.literal('tenth-metrics-failed'), id: z.number() });
const answer = z.discriminatedUnion('kind', [given, failed]);

/** From that process to each worker that has said it can tell, and back. */
const canTell = z.object({ kind: z.literal('tenth-metrics-can-tell') });
const tell = z.object({ kind: z.literal('tenth-metrics-tell'), id: z.number() });
const told = z.object({
  kind: z.literal('tenth-metrics-told'),
  id: z.number(),
  metrics: z.array(z.looseObject({})).optional(),
});
const fromWorker = z.discriminatedUnion('kind', [wanted, canTell, told]);

/** Longer than the workers are given to answer. */
const ANSWER_WITHIN_MS = 7 * SECOND_MS;

/**
 * Any worker may be asked, and a counter that another one counts on would seem to jump: so each tells of
 * all of them together. From now on this one tells its part.
 *
 * @returns Rejects when the process that started the workers does not answer.
 */
export function shareWithPool(registry: Registry): () => Promise<string> {
  process.on('message', (message: unknown) => {
    const asked = tell.safeParse(message);
    if (asked.success) {
      void tellMetrics(registry, asked.data.id);
    }
  });
  process.send?.({ kind: 'tenth-metrics-can-tell' } satisfies z.input<typeof canTell>);
  let lastId = 0;
  return () => {
    lastId += 1;
    return askFor(lastId);
  };
}

async function tellMetrics(registry: Registry, id: number): Promise<void> {
  const metrics = await registry.getMetricsAsJSON().catch(() => undefined);
  process.send?.({ kind: 'tenth-metrics-told', id, metrics });
}

function askFor(id: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(late);
      process.off('message', hear);
      end();
    };
    const hear = (message: unknown) => {
      const heard = answer.safeParse(message);
      if (heard.success && heard.data.id === id) {
        const { data } = heard;
        settle(() =>
          data.kind === 'tenth-metrics'
            ? resolve(data.text)
            : reject(new Error('the metrics of the workers do not go together')),
        );
      }
    };
    const late = setTimeout(
      () => settle(() => reject(new Error(`no metrics of all workers in ${ANSWER_WITHIN_MS} ms`))),
      ANSWER_WITHIN_MS,
    );
    process.on('message', hear);
    process.send?.({ kind: 'tenth-metrics-wanted', id } satisfies z.input<typeof wanted>);
  });
}

/**
 * In the process that starts the workers: collects what they tell, for whichever of them asks.
 *
 * @param count Workers that there should be.
 */
export function collectForPool(count: number, onFailed: (error: unknown) => void): void {
  const all = new PoolCollection({ count, onFailed });
  const members = new Map<number, PoolMember>();
  const leave = ({ id }: Worker) => {
    const member = members.get(id);
    members.delete(id);
    if (member !== undefined) {
      all.leave(member);
    }
  };
  cluster.on('disconnect', leave);
  cluster.on('exit', leave);
  cluster.on('message', (worker, message: unknown) => {
    const heard = fromWorker.safeParse(message);
    if (!heard.success) {
      return;
    }
    const { data } = heard;
    switch (data.kind) {
      case 'tenth-metrics-can-tell': {
        const member: PoolMember = {
          ask: (id) => send(worker, { kind: 'tenth-metrics-tell', id }),
        };
        members.set(worker.id, member);
        all.join(member);
        return;
      }
      case 'tenth-metrics-told': {
        const member = members.get(worker.id);
        if (member !== undefined) {
          all.hear(member, { id: data.id, metrics: data.metrics });
        }
        return;
      }
      case 'tenth-metrics-wanted':
        all.render().then(
          (text) => send(worker, { kind: 'tenth-metrics', id: data.id, text }),
          (error: unknown) => {
            onFailed(error);
            send(worker, { kind: 'tenth-metrics-failed', id: data.id });
          },
        );
        return;
      default:
        unreachable(data);
    }
  });
}

function send(worker: Worker, message: z.input<typeof answer> | z.input<typeof tell>): void {
  if (worker.isConnected()) {
    worker.send(message);
  }
}
