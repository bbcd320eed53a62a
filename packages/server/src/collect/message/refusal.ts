/** Why one event was not taken. Never holds what the visitor sent. */
export class Refusal {
  /** Path of the offending field; empty for the event as a whole. */
  readonly field: string;
  readonly reason: string;

  constructor(field: string, reason: string) {
    this.field = field;
    this.reason = reason;
  }
}
