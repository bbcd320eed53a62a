import cluster from 'node:cluster';
import { SECOND_MS } from '@tenth/model/time.ts';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { z } from 'zod';

/** From a worker that was asked for metrics to the process that started it, and back. */
const wanted = z.object({ kind: z.literal('tenth-metrics-wanted'), id: z.number() });
const given = z.object({ kind: z.literal('tenth-metrics'), id: z.number(), text: z.string() });
const failed = z.object({ kind: z.literal('tenth-metrics-failed'), id: z.number() });
const answer = z.discriminatedUnion('kind', [given, failed]);

/** Longer than the workers are given to answer. */
const ANSWER_WITHIN_MS = 7 * SECOND_MS;

/** Answers the process that started this worker from now on, as yet with nothing: starting takes a while. */
export function joinPool(): void {
  new AggregatorRegistry();
}

/**
 * Any worker may be asked, and a counter that another one counts on would seem to jump: so each tells of
 * all of them together.
 *
 * @returns Rejects when the other workers do not answer.
 */
export function shareWithPool(registry: Registry): () => Promise<string> {
  AggregatorRegistry.setRegistries(registry);
  let lastId = 0;
  return () => {
    lastId += 1;
    return askFor(lastId);
  };
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
            : reject(new Error('a worker did not tell its metrics')),
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

/** In the process that starts the workers: collects what they tell, for whichever of them asks. */
export function collectForPool(onFailed: (error: unknown) => void): void {
  const all = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    const asked = wanted.safeParse(message);
    if (!asked.success) {
      return;
    }
    const { id } = asked.data;
    const send = (reply: z.input<typeof answer>) => {
      if (worker.isConnected()) {
        worker.send(reply);
      }
    };
    all.clusterMetrics().then(
      (text) => send({ kind: 'tenth-metrics', id, text }),
      (error: unknown) => {
        onFailed(error);
        send({ kind: 'tenth-metrics-failed', id });
      },
    );
  });
}
