import type { SqlParams } from './query.ts';

/**
 * SQL for an amount in minor units, rounded as `toMinor` does: half up. ClickHouse's own `round` takes
 * halves of a Float64 to the even side.
 */
export function minorSql(amount: string, digits: number, params: SqlParams): string {
  return `floor(${amount} * ${params.bind('Float64', 10 ** digits)} + 0.5)`;
}
