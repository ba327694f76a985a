import { fraction } from '../../../../../shared/quantities.ts';
import type { Factor } from '../../../domain/factors.ts';
import { CITED } from '../licences.ts';

const common = {
  since: 0,
  province: null,
  publishedOn: null,
  licence: CITED,
  supersedes: null,
  basis: 'CO2E',
  isEnabled: true,
} as const;

const DEFRA = 'UK DESNZ/DEFRA conversion factors 2024 (petrol car)';

const charging = {
  ...common,
  code: 'EV_KWH',
  unit: 'kWh',
  name: { en: 'Charging an electric car instead of petrol', 'zh-CN': '电动汽车充电替代燃油' },
  counted: 'CERTIFIED',
  region: 'CN',
  confidence: 'C',
} as const;

/** Travel instead of a petrol car. */
export const travelSavings: readonly Factor[] = [
  {
    ...charging,
    version: '2023-1',
    // Its two terms count different gases, which nobody may take off each other.
    isEnabled: false,
    saving: fraction(380, 1),
    boundary: 'USE_PHASE',
    dataYear: 2023,
    source:
      'UK DESNZ/DEFRA conversion factors 2024 (petrol car); MEE and NBS, national average power CO2 factor 2023, published 2025-12-31; method of T/CSAE 235-2021',
    method:
      '0.1645 kg CO2e per vehicle-km / 0.18 kWh per km − 0.5306 kg per kWh of the grid, rounded down. The grid term counts CO2 only, so it is not claimed: see 2024-1.',
    inputs: ['CAR_PETROL/2024', 'EV_CONSUMPTION/1', 'GRID_CN/2023'],
  },
  {
    ...charging,
    version: '2024-1',
    saving: fraction(336, 1),
    boundary: 'NOT_STATED',
    dataYear: 2024,
    source:
      'UK DESNZ/DEFRA conversion factors 2024 (petrol car); MEE, NBS and NEA, carbon footprint of electricity 2024; method of T/CSAE 235-2021',
    method:
      '0.1645 kg CO2e per vehicle-km / 0.18 kWh per km − 0.5777 kg CO2e per kWh of the grid over its life cycle, rounded down. The car counts what it burns and not what it took to bring the petrol, so it is on the low side.',
    inputs: ['CAR_PETROL/2024', 'EV_CONSUMPTION/1', 'GRID_CN_FOOTPRINT/2024'],
    supersedes: '2023-1',
  },
  {
    ...common,
    code: 'METRO_TRIP',
    version: '2015-1',
    unit: 'trip',
    name: { en: 'A trip by metro, distance unknown', 'zh-CN': '乘坐地铁一次（里程未知）' },
    saving: fraction(5155, 10),
    counted: 'PIECE',
    boundary: 'NOT_STATED',
    region: 'CN, Guangzhou',
    dataYear: 2015,
    source: 'Guangzhou metro 2015, 气候变化研究进展 2017, 13(3)',
    method: 'The mean method, the lower one: the substitution method gives 541.9 g.',
    confidence: 'B',
    inputs: [],
  },
  {
    ...common,
    code: 'METRO_KM',
    version: '2024-1',
    saving: fraction(103, 1),
    unit: 'km',
    name: { en: 'Metro instead of a petrol car', 'zh-CN': '乘坐地铁替代汽油车' },
    counted: 'CERTIFIED',
    boundary: 'NOT_STATED',
    region: 'CN',
    dataYear: 2024,
    source: `${DEFRA}; Beijing Municipal Commission of Transport, 2019-12 (metro)`,
    method:
      '0.1645 kg for a km by car − 0.0614 kg for a km by metro in Beijing, rounded down. The difference that Beijing itself names is 0.2105. Range 0.10 to 0.21.',
    confidence: 'C',
    inputs: ['CAR_PETROL/2024', 'METRO_BEIJING/2019'],
  },
  {
    ...common,
    code: 'BUS_KM',
    version: '2024-1',
    saving: fraction(56, 1),
    unit: 'km',
    name: { en: 'Bus instead of a petrol car', 'zh-CN': '乘坐公交替代汽油车' },
    counted: 'CERTIFIED',
    boundary: 'TANK_TO_WHEEL',
    region: 'GB',
    dataYear: 2024,
    source: `${DEFRA} and local bus`,
    method:
      '0.1645 kg for a km by car − 0.10846 kg for a km by bus, rounded down. The ratio of Beijing would give about 0.20. Range 0.06 to 0.20.',
    confidence: 'C',
    inputs: ['CAR_PETROL/2024', 'BUS/2024'],
  },
  {
    ...common,
    code: 'BIKE_KM',
    version: '2024-1',
    saving: fraction(50, 1),
    unit: 'km',
    name: { en: 'Cycling, also on a shared bicycle', 'zh-CN': '骑行（含共享单车）' },
    counted: 'CERTIFIED',
    boundary: 'TANK_TO_WHEEL',
    region: 'CN',
    dataYear: 2021,
    source: `${DEFRA}; report on shared electric bicycles, 2021`,
    method:
      '31 % of the rides replaced high-carbon travel × 0.1645 kg for a km by car = 50.995 g, rounded down. If every ride replaced a car: 0.2208 (ofo 2017). Range 0.05 to 0.22.',
    confidence: 'C',
    inputs: ['BIKE_REPLACING/2021', 'CAR_PETROL/2024'],
  },
  {
    ...common,
    code: 'WALK_KM',
    version: '2024-1',
    saving: fraction(50, 1),
    unit: 'km',
    name: { en: 'Walking', 'zh-CN': '步行' },
    counted: 'CERTIFIED',
    boundary: 'TANK_TO_WHEEL',
    region: 'CN',
    dataYear: 2021,
    source: `${DEFRA}; report on shared electric bicycles, 2021`,
    method: 'As cycling. Only with a cap for each day.',
    confidence: 'C',
    inputs: ['BIKE_REPLACING/2021', 'CAR_PETROL/2024'],
  },
];
