import { expect, test } from 'vitest';
import {
  ALLIANCE_NOTICE,
  type Change,
  earliestEffect,
  noticeDays,
} from '../../../subgraphs/merchants/rules/domain/notice.ts';

test.each<[string, Change, number]>([
  ['what only gives', { kind: 'FIRST', isAdverse: false, concernsMany: false }, 0],
  ['a change that takes nothing', { kind: 'CHANGE', isAdverse: false, concernsMany: true }, 7],
  ['one that takes from nobody', { kind: 'CHANGE', isAdverse: true, concernsMany: false }, 7],
  ['one that takes from many', { kind: 'CHANGE', isAdverse: true, concernsMany: true }, 15],
  ['the end of a programme', { kind: 'END', isAdverse: true, concernsMany: false }, 30],
])('R10: %s', (_, change, days) => {
  expect(noticeDays(change, ALLIANCE_NOTICE)).toBe(days);
});

test('an alliance may ask for more notice, and for less of a crowd', () => {
  const policy = { ...ALLIANCE_NOTICE, adverseDays: 45 };

  expect(noticeDays({ kind: 'CHANGE', isAdverse: true, concernsMany: true }, policy)).toBe(45);
  expect(noticeDays({ kind: 'END', isAdverse: true, concernsMany: true }, policy)).toBe(45);
});

test('a day of notice is 24 hours: the same time of day, so many days later', () => {
  expect(earliestEffect(new Date('2026-12-28T15:59:59.999Z'), 7)).toEqual(
    new Date('2027-01-04T15:59:59.999Z'),
  );
});
