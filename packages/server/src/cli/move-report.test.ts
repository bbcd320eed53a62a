import { expect, test } from 'vitest';
import { createMoveReport } from './move-report.ts';

test('a line for each table, and for each hundred thousand rows of a large one', () => {
  const lines: string[] = [];
  const report = createMoveReport((line) => lines.push(line));
  const tell = (table: string, ofRows: number, step: number) => {
    for (let rows = Math.min(step, ofRows); ; rows = Math.min(rows + step, ofRows)) {
      report({ store: 'PostgreSQL', table, rows, ofRows });
      if (rows === ofRows) {
        return;
      }
    }
  };
  tell('keys', 3, 500);
  tell('identifiers', 1_200, 500);
  tell('profiles', 230_000, 500);
  expect(lines).toEqual([
    'PostgreSQL keys: 3',
    'PostgreSQL identifiers: 1,200',
    'PostgreSQL profiles: 100,000 of 230,000',
    'PostgreSQL profiles: 200,000 of 230,000',
    'PostgreSQL profiles: 230,000',
  ]);
});
