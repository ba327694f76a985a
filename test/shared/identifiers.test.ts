import { expect, test } from 'vitest';
import { isId, newId } from '../../shared/identifiers.ts';

test('ids are ordered by the time of their making, which they tell, and none comes twice', () => {
  const before = Date.now();
  const ids = Array.from({ length: 5_000 }, newId);
  const after = Date.now();

  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) {
    const made = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made).toBeLessThanOrEqual(after);
  }
  // What follows the count within a millisecond is drawn anew for each.
  expect(new Set(ids.map((id) => id.slice(-11))).size).toBe(ids.length);
});
