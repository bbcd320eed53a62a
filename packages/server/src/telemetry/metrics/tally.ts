import { Counter, type Registry } from 'prom-client';

/** What a counter is called, and the names of its labels. */
export interface TallyDefinition {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** Adds to the series with these label values, given in the order of the labels. */
export type Tally = (values: readonly string[], count: number) => void;

/** Values of labels come from closed sets; should one not, memory must not grow with it. */
const MOST_SERIES = 2_000;

/** A counter that costs an addition: prom-client's own sorts its labels at every count. */
export function createTally(registry: Registry, { name, help, labels }: TallyDefinition): Tally {
  const counted = new Map<string, { readonly labels: Record<string, string>; count: number }>();
  new Counter({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect() {
      this.reset();
      for (const series of counted.values()) {
        this.inc(series.labels, series.count);
      }
    },
  });
  return (values, count) => {
    const key = values.join('\n');
    const known = counted.get(key);
    if (known !== undefined) {
      known.count += count;
    } else if (counted.size < MOST_SERIES) {
      const named = labels.map((label, place) => [label, values[place] ?? ''] as const);
      counted.set(key, { labels: Object.fromEntries(named), count });
    }
  };
}
