/**
 * Bodies of outbox rows that this process has just written, so that shipping them need not read them
 * back: reading a hundred stalls the commits behind it. What does not fit, and what other processes
 * have written, is read from the table.
 */
export class RecentBodies {
  readonly #mostBytes: number;
  readonly #bodies = new Map<bigint, Uint8Array>();
  #bytes = 0;

  constructor(mostBytes = 32 * 1024 * 1024) {
    this.#mostBytes = mostBytes;
  }

  /** Keeps a body; when there is no room, what has waited longest goes, and is read again if need be. */
  add(outboxId: bigint, body: Uint8Array): void {
    this.#bodies.set(outboxId, body);
    this.#bytes += body.length;
    for (const id of this.#bodies.keys()) {
      if (this.#bytes <= this.#mostBytes) {
        return;
      }
      this.forget(id);
    }
  }

  get(outboxId: bigint): Uint8Array | undefined {
    return this.#bodies.get(outboxId);
  }

  forget(outboxId: bigint): void {
    this.#bytes -= this.#bodies.get(outboxId)?.length ?? 0;
    this.#bodies.delete(outboxId);
  }
}
