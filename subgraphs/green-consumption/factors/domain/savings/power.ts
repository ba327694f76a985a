import { multiplyFloor } from '../../../../../shared/quantities.ts';
import type { Factor } from '../../../domain/factors.ts';
import { exact, type Figure, nameOf } from '../figure.ts';
import { provincialElectricity } from '../figures/provinces.ts';

const green = {
  code: 'GREEN_KWH',
  since: 0,
  unit: 'kWh',
  counted: 'CERTIFIED',
  basis: 'CO2',
  boundary: 'GENERATION',
  supersedes: null,
  isEnabled: true,
  name: { en: 'Green electricity with a retired certificate', 'zh-CN': '绿色电力（已核销绿证）' },
  method: 'The grid factor. Only with a retired green electricity certificate (one for 1,000 kWh).',
} as const;

/** Grams for a kWh, exactly: a grid factor has at most 4 decimals in kg. */
const gramsOf = ({ value }: Figure) => ({
  numerator: multiplyFloor(10_000, exact(value)),
  denominator: 10,
});

const NATIONAL = {
  version: '2023-1',
  province: null,
  region: 'CN',
  dataYear: 2023,
  publishedOn: 20251231,
  saving: { numerator: 5306, denominator: 10 },
  source: 'MEE and NBS, national average power CO2 factor 2023, published 2025-12-31',
  licence: 'Public information of Chinese authorities',
  confidence: 'A−',
  inputs: ['GRID_CN/2023'],
} as const;

/** Green electricity by province: of the grid factors in force there, the newest one. */
const inProvinces: readonly Factor[] = provincialElectricity
  .filter(({ version }) => version === '2022')
  .map((figure) => ({
    ...green,
    ...{ version: `2022-${figure.region}`, province: figure.region, region: figure.region },
    saving: gramsOf(figure),
    dataYear: figure.dataYear,
    publishedOn: figure.publishedOn,
    source: figure.source,
    licence: figure.licence,
    confidence: figure.confidence,
    inputs: [nameOf(figure)],
  }));

/** Power of another kind, and less of it. */
export const powerSavings: readonly Factor[] = [
  { ...green, ...NATIONAL },
  ...inProvinces,
  {
    ...green,
    ...NATIONAL,
    code: 'LABEL1_KWH',
    name: { en: 'An appliance of energy label 1', 'zh-CN': '一级能效电器' },
    method:
      'For each kWh that the labels say it takes less in a year than a usual one: the grid factor. The certificate says how many; one year is credited, not its life.',
  },
];
