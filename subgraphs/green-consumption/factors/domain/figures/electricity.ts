import type { Figure } from '../figure.ts';
import { PUBLIC_INFORMATION } from '../licences.ts';

type Announcement = Pick<Figure, 'version' | 'dataYear' | 'publishedOn' | 'source'>;

/** The announcements in which grid factors were published, by the year of their data. */
export const announcements = {
  2021: {
    version: '2021',
    dataYear: 2021,
    publishedOn: 20240412,
    source: 'MEE and NBS, announcement 2024 No. 12 (生态环境部、国家统计局公告2024年第12号)',
  },
  2022: {
    version: '2022',
    dataYear: 2022,
    publishedOn: 20241220,
    source: 'MEE and NBS, announcement 2024 No. 33 (生态环境部、国家统计局公告2024年第33号)',
  },
  2023: {
    version: '2023',
    dataYear: 2023,
    publishedOn: 20251231,
    source: 'MEE and NBS, national average power CO2 factor 2023, published 2025-12-31',
  },
} as const satisfies Record<number, Announcement>;

/** What all CO2 factors of power generation have in common. */
export const GENERATION = {
  unit: 'kg/kWh',
  basis: 'CO2',
  boundary: 'GENERATION',
  method: null,
  licence: PUBLIC_INFORMATION,
} as const;

const average = {
  ...GENERATION,
  code: 'GRID_CN',
  region: 'CN',
  name: { en: 'Power, national average', 'zh-CN': '全国电力平均' },
} as const;

const withoutMarket = {
  ...GENERATION,
  code: 'GRID_CN_RESIDUAL',
  region: 'CN',
  confidence: 'B',
  name: {
    en: 'Power without non-fossil power traded in the market',
    'zh-CN': '全国电力平均（不含市场化交易非化石电量）',
  },
} as const;

const fossil = {
  ...GENERATION,
  code: 'GRID_CN_FOSSIL',
  region: 'CN',
  confidence: 'B',
  name: { en: 'Fossil power', 'zh-CN': '全国化石能源电力' },
} as const;

const reporting = {
  ...GENERATION,
  code: 'GRID_CN_REPORTING',
  region: 'CN',
  confidence: 'A',
  name: { en: 'Power, for reports of the power sector', 'zh-CN': '发电行业核算报告用电力' },
  method: 'Printed in tCO2/MWh, which is the same number in kg/kWh.',
  publishedOn: null,
} as const;

const footprint = {
  code: 'GRID_CN_FOOTPRINT',
  region: 'CN',
  confidence: 'A−',
  unit: 'kg/kWh',
  basis: 'CO2E',
  boundary: 'LIFE_CYCLE',
  method: null,
  name: { en: 'Carbon footprint of electricity', 'zh-CN': '全国电力碳足迹' },
  licence: PUBLIC_INFORMATION,
} as const;

/** National factors of electricity. Two that differ in basis or boundary are different quantities. */
export const nationalElectricity: readonly Figure[] = [
  { ...average, ...announcements[2021], value: '0.5568', confidence: 'A', supersedes: null },
  { ...average, ...announcements[2022], value: '0.5366', confidence: 'A', supersedes: '2021' },
  { ...average, ...announcements[2023], value: '0.5306', confidence: 'A−', supersedes: '2022' },
  { ...withoutMarket, ...announcements[2021], value: '0.5942', supersedes: null },
  { ...withoutMarket, ...announcements[2022], value: '0.5856', supersedes: '2021' },
  { ...fossil, ...announcements[2021], value: '0.8426', supersedes: null },
  { ...fossil, ...announcements[2022], value: '0.8325', supersedes: '2021' },
  {
    ...reporting,
    version: '2021',
    dataYear: 2021,
    value: '0.5810',
    supersedes: null,
    source: 'MEE, letter on reports for 2021 (环办气候函)',
  },
  {
    ...reporting,
    version: '2022',
    dataYear: 2022,
    value: '0.5703',
    supersedes: '2021',
    source: 'MEE, letter on reports for 2022 (环办气候函)',
  },
  {
    ...footprint,
    version: '2023',
    dataYear: 2023,
    value: '0.6205',
    supersedes: null,
    publishedOn: null,
    source: 'MEE, NBS and NEA, announcement 2025 No. 3 (公告2025年第3号)',
  },
  {
    ...footprint,
    version: '2024',
    dataYear: 2024,
    value: '0.5777',
    supersedes: '2023',
    publishedOn: 20251023,
    source: 'MEE, NBS and NEA, announcement of 2025-09-28, issued 2025-10-23',
  },
];
