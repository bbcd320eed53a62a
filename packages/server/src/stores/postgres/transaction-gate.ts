/**
 * Keeps everybody else out while a transaction of several messages is under way on the one embedded
 * connection. What is sent in a single message needs no turn: the worker answers in order.
 */
export class TransactionGate {
  #held: Promise<void> | undefined;

  /** Sends a single message as soon as no transaction is under way. */
  async outside<T>(send: () => Promise<T>): Promise<T> {
    // The look and the sending must not be parted by an await, or a transaction could begin between.
    while (this.#held !== undefined) {
      await this.#held;
    }
    return await send();
  }

  /** Waits for the turn to run a transaction; the result ends the turn. */
  async enter(): Promise<() => void> {
    while (this.#held !== undefined) {
      await this.#held;
    }
    let leave = () => {};
    this.#held = new Promise((resolve) => {
      leave = () => {
        this.#held = undefined;
        resolve();
      };
    });
    return leave;
  }
}
