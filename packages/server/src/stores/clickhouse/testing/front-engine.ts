import { drainPending, Session } from 'chdb';
import type { FrontRequest } from './front-request.ts';

/** A refusal of the engine, as the HTTP interface tells it. */
export interface FrontRefusal {
  readonly code: number;
  /** `Code: 60. DB::Exception: … (UNKNOWN_TABLE)`. */
  readonly text: string;
}

export interface FrontReply {
  readonly body: Uint8Array;
  readonly rowsRead: number;
  readonly elapsedNs: number;
}

/**
 * The real engine on a data directory. Each request has a session of its own (0.7 ms), so that its
 * database, settings and parameters are nobody else's, as on a server.
 */
export class FrontEngine {
  readonly #dataDir: string;
  /** Keeps the engine up between requests. */
  readonly #keeper: Session;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#keeper = new Session(dataDir);
  }

  async run(request: FrontRequest): Promise<FrontReply | FrontRefusal> {
    const session = new Session(this.#dataDir);
    try {
      for (const step of preparationOf(request)) {
        await session.queryAsync(step);
      }
      const result = await session.queryAsync(request.statement, { format: request.format });
      const elapsedNs = Math.round(result.elapsed * 1e9);
      return { body: result.bytes(), rowsRead: result.rowsRead, elapsedNs };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const code = /Code: (\d+)\./.exec(text)?.[1];
      if (code === undefined) {
        throw error;
      }
      return { code: Number(code), text };
    } finally {
      session.close();
    }
  }

  async close(): Promise<void> {
    await drainPending();
    this.#keeper.close();
    await drainPending();
  }
}

/**
 * What the address said beside the statement, as statements of the same session. A server does not
 * count a parameter as part of the statement, so the limit on its size is lifted meanwhile.
 */
function preparationOf({ database, settings, params }: FrontRequest): readonly string[] {
  const setting = ([name, value]: readonly [string, string]) =>
    `SET ${quoteName(name)} = ${quote(value)}`;
  const bound = [...params].map(([name, value]) => setting([`param_${name}`, value]));
  return [
    `USE ${quoteName(database)}`,
    ...(bound.length === 0
      ? []
      : ['SET max_query_size = 0', bound.join(';\n'), 'SET max_query_size = DEFAULT']),
    ...[...settings].map(setting),
  ];
}

function quote(value: string): string {
  return `'${value.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}

function quoteName(name: string): string {
  return `\`${name.replaceAll(/[`\\]/g, String.raw`\$&`)}\``;
}
