import { describe, expect, test } from 'vitest';
import { instantOf, offsetsBetween } from '../../shared/query-kit/zones.ts';
import { FIRST, LAST } from './grouping.ts';

describe('a time zone', () => {
  test('has the offsets of its clocks, changes to the millisecond', () => {
    const offsets = offsetsBetween('America/New_York', FIRST, LAST);

    expect(
      offsets.map(({ fromMs, offsetMs }) => [new Date(fromMs).toISOString(), offsetMs / 3600_000]),
    ).toEqual([
      ['2018-10-20T00:00:00.000Z', -4],
      ['2018-11-04T06:00:00.000Z', -5],
      ['2019-03-10T07:00:00.000Z', -4],
    ]);
  });

  test('begins a day without a midnight when its clocks change', () => {
    const offsets = offsetsBetween('America/Sao_Paulo', FIRST, LAST);

    expect(new Date(instantOf(Date.UTC(2018, 10, 4), offsets)).toISOString()).toBe(
      '2018-11-04T03:00:00.000Z',
    );
  });
});
