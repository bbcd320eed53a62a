import { expect, test } from 'vitest';
import { isOutboxFull, OutboxLimit } from './outbox-limit.ts';

test('it is full at the limit, and has room again only well below', () => {
  expect(isOutboxFull(false, 99, 100)).toBe(false);
  expect(isOutboxFull(false, 100, 100)).toBe(true);
  expect(isOutboxFull(true, 95, 100)).toBe(true);
  expect(isOutboxFull(true, 89, 100)).toBe(false);
});

test('beyond the limit events are refused, and taken again when it has emptied', async () => {
  let bytes = 50;
  const failures: unknown[] = [];
  const limit = new OutboxLimit({
    outbox: {
      async backlog() {
        if (bytes < 0) {
          throw new Error('away');
        }
        return { rows: 1, oldestAt: undefined, bytes };
      },
    },
    maxBytes: 100,
    onFailed: (error) => failures.push(error),
  });
  await limit.look();
  limit.requireRoom();
  bytes = 150;
  await limit.look();
  expect(() => limit.requireRoom()).toThrow(
    expect.objectContaining({ code: 'store-unavailable', status: 503 }),
  );
  // Nobody knows: it stays as it was.
  bytes = -1;
  await limit.look();
  expect(limit.isFull).toBe(true);
  expect(failures).toHaveLength(1);
  bytes = 10;
  await limit.look();
  limit.requireRoom();
});
