import { describe, expect, test } from 'vitest';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { builtInFactors } from '../../../subgraphs/green-consumption/factors/domain/built-in.ts';
import { toldIn } from '../../../subgraphs/green-consumption/factors/domain/chinese.ts';
import { equivalents } from '../../../subgraphs/green-consumption/report/domain/equivalents.ts';
import { periodFrom } from '../../../subgraphs/green-consumption/report/domain/period.ts';
import { reportOf } from '../../../subgraphs/green-consumption/report/domain/report.ts';
import { pageOf } from '../../../subgraphs/green-consumption/report/page.ts';
import { chartOf, timesOf } from '../../../subgraphs/green-consumption/report/pictures.ts';
import { type Report, statementOf } from '../../../subgraphs/green-consumption/report/report.ts';

/** A report of her year by what she saved: day, code and grams. */
function reportFrom(saved: readonly (readonly [number, string, number])[]): Report {
  const period = periodFrom('2020-01-01', '2026-12-31', 20270101);
  if (period === null) throw new Error('the period is good');
  const days = saved.map(([day, factorCode, grams]) => {
    const factor = builtInFactors.find(({ code, isEnabled }) => code === factorCode && isEnabled);
    if (factor === undefined) throw new Error(factorCode);
    const { version, basis } = factor;
    return { day, factorCode, factorVersion: version, basis, grams, entries: 1 };
  });
  return {
    ...{ scope: 'MEMBER', period, figures: reportOf(days, builtInFactors), isPublic: false },
    ...{ withheld: [], code: 'M.1', memberId: 'ann', merchantId: null, merchantName: null },
  };
}

const statement = (locale: Locale, ...saved: readonly (readonly [number, string, number])[]) =>
  statementOf(reportFrom(saved), locale);

describe('what a report says', () => {
  test('a range is told where sources give one, and what rests on one number only', () => {
    const trip = [20260801, 'METRO_TRIP', 5_155] as const;
    const phone = [20260802, 'PHONE_REUSE', 25_000] as const;

    expect(statement('en', trip)).toContain('By the range of the sources it is 5.15 to 5.41 kg.');
    expect(statement('en', phone)).toContain('The sources give one number each, and no range.');
    expect(statement('zh-CN', phone)).toContain('各来源仅给出单一数值，无范围。');
    expect(statement('en', trip, phone)).toContain(
      'it is 30.15 to 30.41 kg; 25 kg of it rest on a source with one number only.',
    );
    expect(statement('en')).not.toMatch(/range/);
  });

  test('what was taken back is told as such, and not as something saved', () => {
    const back = [20260801, 'METRO_TRIP', -515] as const;

    expect(statement('en', back)).toMatch(/about 0.515 kg CO2e more were taken back/);
    expect(statement('en', back)).not.toMatch(/ -0|were saved against/);
    expect(statement('zh-CN', back)).toMatch(/冲回此前减排量比新增减排量约多 0.515 kg/);
  });

  test('a Chinese report names its sources and units in Chinese', async () => {
    const named = [
      ...builtInFactors.map(({ source }) => source),
      ...equivalents.map(({ source }) => source),
    ];
    for (const text of [...named, ...builtInFactors.map(({ unit }) => unit)]) {
      if (/^WikiFootprints|^Poore/.test(text)) continue;
      expect(toldIn('zh-CN', text), text).toMatch(/\p{Script=Han}/u);
      expect(toldIn('zh-CN', text), text).not.toBe(text);
      expect(toldIn('en', text)).toBe(text);
    }
    const report = reportFrom(
      builtInFactors
        .filter(
          ({ isEnabled, basis, province }) => isEnabled && basis === 'CO2E' && province === null,
        )
        .map(({ code }) => [20260801, code, 1_000]),
    );
    const page = await pageOf(report, 'zh-CN');
    expect(page).not.toMatch(/conversion factors|Ant Forest|Meituan|Press|petrol| trip| order/);
    expect(await pageOf(report, 'en')).toMatch(/conversion factors.*Ant Forest/s);
  });
});

describe('the picture of months', () => {
  const month = (index: number) =>
    (2020 + Math.floor(index / 12)) * 10_000 + ((index % 12) + 1) * 100 + 1;

  test('has a place for each month from the first to the last', () => {
    const months = [0, 3].map((index) => ({ month: month(index), grams: 5 }));

    expect(timesOf(months)).toEqual([
      { name: '2020-01', grams: 5 },
      { name: '2020-02', grams: 0 },
      { name: '2020-03', grams: 0 },
      { name: '2020-04', grams: 5 },
    ]);
    expect(timesOf([])).toEqual([]);
  });

  test('has years when there are more than 24 months, and leaves nothing out', () => {
    const months = Array.from({ length: 30 }, (_, index) => ({ month: month(index), grams: 1 }));

    expect(timesOf(months.slice(0, 24))).toHaveLength(24);
    expect(timesOf(months)).toEqual([
      { name: '2020', grams: 12 },
      { name: '2021', grams: 12 },
      { name: '2022', grams: 6 },
    ]);
  });

  test('shows every number of its bars', async () => {
    const saved = Array.from(
      { length: 24 },
      (_, index) => [month(index), 'METRO_TRIP', 100_000 + index] as const,
    );
    const svg = await chartOf(reportFrom(saved), 'MONTHS', 'en');

    for (let index = 0; index < 24; index += 1) {
      expect(svg).toContain(`>${(100_000 + index) / 1_000}<`);
    }
  });
});
