import type { MoveProgress } from '../stores/move/moved-table.ts';

/** Lines between the first and the last of a large table. */
const STEPS = 10;

/** Says of each table that it has arrived, and of a large one how far it has come. */
export function createMoveReport(print: (text: string) => void): (progress: MoveProgress) => void {
  let last = { table: '', step: 0 };
  return ({ store, table, rows, ofRows }) => {
    const step = Math.floor((rows / Math.max(1, ofRows)) * STEPS);
    if (table !== last.table || step > last.step) {
      last = { table, step };
      const share = rows === ofRows ? '' : ` of ${ofRows.toLocaleString('en')}`;
      print(`${store} ${table}: ${rows.toLocaleString('en')}${share} rows`);
    }
  };
}
