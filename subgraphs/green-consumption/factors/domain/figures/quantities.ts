import type { Figure } from '../figure.ts';
import { CITED } from '../licences.ts';

const common = {
  basis: null,
  boundary: null,
  region: 'CN',
  publishedOn: null,
  method: null,
  licence: CITED,
  supersedes: null,
} as const;

const total = { ...common, basis: 'CO2E', boundary: 'NOT_STATED', unit: 't' } as const;

/** What else savings are computed from: shares, totals and counts. */
export const quantities: readonly Figure[] = [
  {
    ...common,
    code: 'BIKE_REPLACING',
    version: '2021',
    value: '0.31',
    unit: 'ratio',
    name: {
      en: 'Share of rides that replaced high-carbon travel',
      'zh-CN': '替代高碳出行的骑行占比',
    },
    source: 'Report on shared electric bicycles, 2021',
    dataYear: 2021,
    confidence: 'C',
  },
  {
    ...common,
    code: 'EV_CONSUMPTION',
    version: '1',
    value: '0.18',
    unit: 'kWh/km',
    name: { en: 'Consumption of an electric car', 'zh-CN': '电动汽车百公里电耗（每公里）' },
    source: 'Decision of this project: on the high side, so that a kWh goes less far',
    dataYear: null,
    confidence: 'C',
  },
  {
    ...total,
    code: 'CUTLERY_TOTAL',
    version: '2024',
    value: '310000',
    name: { en: 'Saved by orders without cutlery', 'zh-CN': '无需餐具订单累计减排' },
    source: 'Meituan, public figures by 2024-10',
    dataYear: 2024,
    confidence: 'C',
  },
  {
    ...common,
    code: 'CUTLERY_ORDERS',
    version: '2024',
    value: '8000000000',
    unit: 'order',
    name: { en: 'Orders without cutlery', 'zh-CN': '无需餐具订单数' },
    source: 'Meituan, public figures: 7.7 billion by 2024-08',
    method: 'The higher end of 7.7 to 8 billion, so that one order saves less.',
    dataYear: 2024,
    confidence: 'C',
  },
  {
    ...total,
    code: 'BOX_TOTAL',
    version: '2019',
    value: '30000',
    name: { en: 'Saved by cartons reused', 'zh-CN': '纸箱复用减排' },
    source: 'State Post Bureau figures; Cainiao 2019',
    dataYear: 2019,
    confidence: 'B−',
  },
  {
    ...common,
    code: 'BOX_COUNT',
    version: '2019',
    value: '800000000',
    unit: 'box',
    name: { en: 'Cartons reused', 'zh-CN': '复用纸箱数' },
    source: 'State Post Bureau figures; Cainiao 2019',
    dataYear: 2019,
    confidence: 'B−',
  },
];
