export interface TimeLeft {
  readonly days: number;
  /** Hours, minutes and seconds, two digits each. */
  readonly clock: readonly [string, string, string];
}

/** Splits what is left until `endsAt`; `undefined` when it is over. Seconds are rounded up, so 0 means over. */
export function timeLeft(endsAt: number, now: number): TimeLeft | undefined {
  const seconds = Math.ceil((endsAt - now) / 1_000);
  if (seconds <= 0) {
    return undefined;
  }
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return {
    days: Math.floor(seconds / 86_400),
    clock: [two((seconds % 86_400) / 3_600), two((seconds % 3_600) / 60), two(seconds % 60)],
  };
}
