import { assert } from '../../../shared/assert.ts';
import type { Day } from '../../../shared/calendar.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { type Fraction, fraction } from '../../../shared/quantities.ts';

/** Carbon dioxide alone, or all greenhouse gases as carbon dioxide. The two are never added up. */
export type GasBasis = 'CO2' | 'CO2E';

/** What one unit of a behaviour saves, from a source that anybody can look up. */
export type Factor = Readonly<{
  code: string;
  /** A version is never changed and never removed: old entries name it for ever. */
  version: string;
  /** The first day on which this version is used. The first version is also used for what was before. */
  since: Day;
  name: Readonly<Record<Locale, string>>;
  /** Exactly so many grams for one unit. */
  saving: Fraction;
  unit: string;
  /**
   * How a behaviour counts that a purchase line names: once for the order, once for each piece, or
   * never by itself, because only a certificate can say how much of it a piece stands for.
   */
  counted: 'ORDER' | 'PIECE' | 'CERTIFIED';
  basis: GasBasis;
  region: string;
  /** Null: the source names none. */
  dataYear: number | null;
  source: string;
  method: string;
  /** A official China · B official or peer-reviewed elsewhere, or a city · C press, company, derived. */
  confidence: string;
}>;

/** Default savings, net and on the low side. Where a source leaves the gases open, CO2e is meant. */
export const factors: readonly Factor[] = [
  {
    code: 'EV_KWH',
    version: '2023-1',
    since: 0,
    name: { en: 'Charging an electric car instead of petrol', 'zh-CN': '电动汽车充电替代燃油' },
    saving: fraction(380, 1),
    unit: 'kWh',
    counted: 'CERTIFIED',
    basis: 'CO2E',
    region: 'CN',
    dataYear: 2023,
    source:
      'UK DESNZ/DEFRA conversion factors 2024 (petrol car); MEE and NBS, national average power CO2 factor 2023, published 2025-12-31; method of T/CSAE 235-2021',
    method:
      '0.1645 kg CO2e per vehicle-km / 0.18 kWh per km − 0.5306 kg per kWh of the grid, rounded down. The grid term counts CO2 only: with the life-cycle footprint of electricity (0.5777 kg CO2e per kWh) it would be 0.34.',
    confidence: 'C',
  },
  {
    code: 'METRO_TRIP',
    version: '2015-1',
    since: 0,
    name: { en: 'A trip by metro, distance unknown', 'zh-CN': '乘坐地铁一次（里程未知）' },
    saving: fraction(5155, 10),
    unit: 'trip',
    counted: 'PIECE',
    basis: 'CO2E',
    region: 'CN, Guangzhou',
    dataYear: 2015,
    source: 'Guangzhou metro 2015, 气候变化研究进展 2017, 13(3)',
    method: 'The mean method, the lower one: the substitution method gives 541.9 g.',
    confidence: 'B',
  },
  {
    code: 'NO_CUTLERY',
    version: '2024-1',
    since: 0,
    name: { en: 'An order without disposable cutlery', 'zh-CN': '订单不使用一次性餐具' },
    saving: fraction(38, 1),
    unit: 'order',
    counted: 'ORDER',
    basis: 'CO2E',
    region: 'CN',
    dataYear: 2024,
    source: 'Meituan, public figures of 2024-08 and 2024-10',
    method: 'Over 310,000 t by 7.7 to 8 billion orders: 38.8 to 40.3 g, rounded down.',
    confidence: 'C',
  },
  {
    code: 'OWN_CUP',
    version: '2016-1',
    since: 0,
    name: { en: 'A drink in one’s own cup', 'zh-CN': '自带杯购买饮品' },
    saving: fraction(37, 1),
    unit: 'cup',
    counted: 'PIECE',
    basis: 'CO2E',
    region: 'Global',
    dataYear: 2016,
    source: 'WikiFootprints, compilation of life-cycle assessments of 2013 to 2016',
    method: '39.4 g for the paper cup of a large chain − 1.7 g for a reused cup, rounded down.',
    confidence: 'C',
  },
  {
    code: 'E_INVOICE',
    version: '1',
    since: 0,
    name: { en: 'An electronic invoice instead of paper', 'zh-CN': '使用电子发票' },
    saving: fraction(5, 1),
    unit: 'invoice',
    counted: 'ORDER',
    basis: 'CO2E',
    region: 'CN',
    dataYear: null,
    source: 'Ant Forest, public table of green energy',
    method: 'A number of a company, taken over as it stands.',
    confidence: 'C',
  },
  {
    code: 'BOX_REUSE',
    version: '2019-1',
    since: 0,
    name: { en: 'An express carton returned and reused', 'zh-CN': '快递纸箱回收复用' },
    saving: fraction(37, 1),
    unit: 'box',
    counted: 'PIECE',
    basis: 'CO2E',
    region: 'CN',
    dataYear: 2019,
    source: 'State Post Bureau figures; Cainiao 2019',
    method: 'About 30,000 t by 800 million boxes.',
    confidence: 'B−',
  },
  {
    code: 'GREEN_KWH',
    version: '2023-1',
    since: 0,
    name: { en: 'Green electricity with a retired certificate', 'zh-CN': '绿色电力（已核销绿证）' },
    saving: fraction(5306, 10),
    unit: 'kWh',
    counted: 'CERTIFIED',
    basis: 'CO2',
    region: 'CN',
    dataYear: 2023,
    source: 'MEE and NBS, national average power CO2 factor 2023, published 2025-12-31',
    method:
      'The grid factor. Only with a retired green electricity certificate (one for 1,000 kWh).',
    confidence: 'A−',
  },
];

/** The version of each factor that is used for what happens on a day, in the order of the table. */
export function factorsOn(day: Day, all: readonly Factor[]): Factor[] {
  const used = new Map<string, Factor>();
  for (const factor of all.toSorted((a, b) => a.since - b.since)) {
    if (factor.since <= day) used.set(factor.code, factor);
  }
  return [...used.values()];
}

/** The factor of a behaviour on a day. Null: no number is known, so nothing is claimed. */
export const factorOn = (code: string, day: Day, all: readonly Factor[]): Factor | null =>
  factorsOn(day, all).find((factor) => factor.code === code) ?? null;

/** The very version that an entry was computed with. */
export function factorVersion(code: string, version: string, all: readonly Factor[]): Factor {
  const found = all.find((factor) => factor.code === code && factor.version === version);
  assert(found !== undefined, `the factor version ${code} ${version} stays in the table`);
  return found;
}

export const isBehaviour = (code: string, all: readonly Factor[]): boolean =>
  all.some((one) => one.code === code);
