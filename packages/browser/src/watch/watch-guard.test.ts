import { watch } from '@tenth/model/collect-api.ts';
import { expect, test } from 'vitest';
import { isWatch } from './watch-guard.ts';

test.each([
  { kind: 'time_on_page', seconds: 5 },
  { kind: 'scroll_depth', percent: 50 },
  { kind: 'exit_intent' },
  { kind: 'silence', seconds: 30 },
  { kind: 'element_seen', selector: '.a' },
  { kind: 'element_clicked', selector: '.a' },
])('what the schema accepts can be watched: %j', (raw) => {
  expect(watch.safeParse(raw).success).toBe(true);
  expect(isWatch(raw)).toBe(true);
});

test.each([
  null,
  {},
  { kind: 'silence' },
  { kind: 'toString' },
  { kind: 'element_seen', selector: 1 },
])('garbage is refused: %j', (raw) => {
  expect(isWatch(raw)).toBe(false);
});
