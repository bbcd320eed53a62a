import { connect, type Socket } from 'node:net';

export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Whole HTTP requests, each answered by a content-length; sent in turn. */
  readonly requests: (sequence: number) => Buffer;
  /** Requests a second over all connections; as fast as they are answered unless given. */
  readonly rate?: number;
}

export interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/**
 * Sends over keep-alive connections, one request at a time each. With a rate, latency is counted from
 * the moment a request was due, not from when a connection was free for it, so that a stall of the
 * server counts in full (Gil Tene's "coordinated omission").
 *
 * Written on bare sockets because it shares its cores with the server it measures.
 *
 * @throws An answer other than 2xx, or a closed connection.
 */
export async function generateLoad(plan: LoadPlan): Promise<LoadFigures> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + plan.seconds * 1_000;
  let sequence = 0;
  await Promise.all(
    Array.from({ length: plan.connections }, async (_, index) => {
      const line = await Line.open(plan.port);
      const gapMs = plan.rate === undefined ? 0 : (plan.connections / plan.rate) * 1_000;
      let dueAt = startedAt + (index / plan.connections) * gapMs;
      while (performance.now() < endsAt) {
        const waitMs = dueAt - performance.now();
        if (gapMs > 0 && waitMs > 0) {
          await new Promise((resolve) => setTimeout(resolve, waitMs));
        }
        const from = gapMs > 0 ? dueAt : performance.now();
        sequence += 1;
        await line.ask(plan.requests(sequence));
        latencies.push(performance.now() - from);
        dueAt += gapMs;
      }
      line.close();
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) /
    10;
  return {
    requestsPerSecond: Math.round(latencies.length / seconds),
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p99Ms: at(0.99),
    maxMs: at(1),
  };
}

/** One connection; answers are told apart by their content-length. */
class Line {
  readonly #socket: Socket;
  #received = '';
  #settle: { resolve(): void; reject(cause: Error): void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => this.#read(String(chunk)));
    socket.on('error', (cause) => this.#settle?.reject(cause));
    socket.on('close', () => this.#settle?.reject(new Error('the connection was closed')));
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => resolve(new Line(socket)));
      socket.once('error', reject);
    });
  }

  ask(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const head = this.#received.indexOf('\r\n\r\n');
    if (head === -1) {
      return;
    }
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#received)?.[1] ?? Number.NaN);
    if (this.#received.length < head + 4 + length) {
      return;
    }
    const answer = this.#received;
    this.#received = '';
    const settle = this.#settle;
    this.#settle = undefined;
    if (answer.startsWith('HTTP/1.1 2')) {
      settle?.resolve();
    } else {
      settle?.reject(new Error(answer.slice(0, 500)));
    }
  }
}
