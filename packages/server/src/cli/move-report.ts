import type { MoveProgress } from '../stores/move/moved-table.ts';

/** Of a large table, a line for so many rows. */
const ROWS_A_LINE = 100_000;

/** Says of each table that it has arrived, and of a large one how far it has come. */
export function createMoveReport(print: (text: string) => void): (progress: MoveProgress) => void {
  let last = { table: '', hundreds: 0 };
  return ({ store, table, rows, ofRows }) => {
    const hundreds = Math.floor(rows / ROWS_A_LINE);
    const isFurther = hundreds > (last.table === table ? last.hundreds : 0);
    if (rows === ofRows) {
      print(`${store} ${table}: ${rows.toLocaleString('en')}`);
    } else if (isFurther) {
      print(`${store} ${table}: ${rows.toLocaleString('en')} of ${ofRows.toLocaleString('en')}`);
    }
    last = { table, hundreds };
  };
}
