import type { Figure } from '../figure.ts';
import { CITED, MIT, OPEN_GOVERNMENT } from '../licences.ts';

const uk2024 = {
  version: '2024',
  region: 'GB',
  dataYear: 2024,
  publishedOn: null,
  confidence: 'A−',
  basis: 'CO2E',
  boundary: 'TANK_TO_WHEEL',
  licence: OPEN_GOVERNMENT,
  method: null,
  source: 'UK DESNZ/DEFRA, greenhouse gas conversion factors 2024',
} as const;

const uk2021 = {
  version: '2021',
  region: 'GB',
  dataYear: 2021,
  publishedOn: null,
  confidence: 'A',
  basis: 'CO2E',
  boundary: 'TANK_TO_WHEEL',
  licence: OPEN_GOVERNMENT,
  method: null,
  source: 'UK BEIS, greenhouse gas conversion factors 2021',
  supersedes: null,
} as const;

const beijing = {
  version: '2019',
  region: '110000',
  dataYear: 2019,
  publishedOn: null,
  confidence: 'B',
  basis: 'CO2E',
  boundary: 'NOT_STATED',
  licence: CITED,
  supersedes: null,
  source: 'Beijing Municipal Commission of Transport (北京市交通委), 2019-12',
} as const;

const ratio = {
  unit: 'ratio',
  basis: null,
  boundary: null,
  method: null,
  licence: CITED,
  region: '110000',
  version: '1',
  dataYear: null,
  publishedOn: null,
  supersedes: null,
  confidence: 'B',
  source: 'Beijing Transport Institute (北京交通发展研究院), Yu Liu',
} as const;

const petrolCar = {
  code: 'CAR_PETROL',
  name: { en: 'Petrol car', 'zh-CN': '汽油车' },
  unit: 'kg/vkm',
};
const bus = { code: 'BUS', name: { en: 'Local bus', 'zh-CN': '公交车' }, unit: 'kg/pkm' };
const underground = {
  code: 'METRO_LONDON',
  name: { en: 'London Underground', 'zh-CN': '伦敦地铁' },
  unit: 'kg/pkm',
  method: 'By the grid of the UK: too low for China.',
};
const rail = { code: 'RAIL', name: { en: 'National rail', 'zh-CN': '铁路' }, unit: 'kg/pkm' };
const coach = { code: 'COACH', name: { en: 'Coach', 'zh-CN': '长途客车' }, unit: 'kg/pkm' };

/** What ways of getting about cause, for a vehicle-km (`vkm`) or a passenger-km (`pkm`). */
export const travel: readonly Figure[] = [
  { ...uk2024, ...petrolCar, value: '0.1645', supersedes: '2021', method: 'Fleet of the UK.' },
  {
    ...uk2024,
    code: 'CAR_HYBRID',
    value: '0.12607',
    unit: 'kg/vkm',
    supersedes: null,
    name: { en: 'Hybrid car', 'zh-CN': '混合动力车' },
  },
  {
    ...uk2021,
    code: 'CAR_ANY_FUEL',
    value: '0.17148',
    unit: 'kg/vkm',
    name: { en: 'Car of unknown fuel', 'zh-CN': '小汽车（燃料不详）' },
  },
  { ...uk2021, ...petrolCar, value: '0.17431' },
  {
    ...uk2021,
    code: 'CAR_DIESEL',
    value: '0.16843',
    unit: 'kg/vkm',
    name: { en: 'Diesel car', 'zh-CN': '柴油车' },
  },
  {
    ...uk2021,
    code: 'CAR_ELECTRIC_UK',
    value: '0.05031',
    unit: 'kg/vkm',
    boundary: 'GENERATION',
    name: { en: 'Electric car, grid of the UK', 'zh-CN': '纯电动车（英国电网）' },
    method: 'Not for China: to be computed with its grid.',
  },
  { ...uk2024, ...bus, value: '0.10846', supersedes: '2021' },
  { ...uk2021, ...bus, value: '0.10227', confidence: 'A−' },
  { ...uk2024, ...underground, value: '0.0278', boundary: 'GENERATION', supersedes: '2021' },
  { ...uk2021, ...underground, value: '0.02781', boundary: 'GENERATION', confidence: 'A−' },
  {
    ...uk2021,
    code: 'TRAM',
    value: '0.02813',
    unit: 'kg/pkm',
    boundary: 'GENERATION',
    name: { en: 'Light rail and tram', 'zh-CN': '轻轨与有轨电车' },
  },
  { ...uk2024, ...rail, value: '0.03546', boundary: 'USE_PHASE', supersedes: '2021' },
  { ...uk2021, ...rail, value: '0.03549', boundary: 'USE_PHASE', confidence: 'A−' },
  { ...uk2024, ...coach, value: '0.02717', supersedes: '2021' },
  { ...uk2021, ...coach, value: '0.02684', confidence: 'A−' },
  {
    ...uk2021,
    code: 'TAXI',
    value: '0.14876',
    unit: 'kg/pkm',
    name: { en: 'Taxi', 'zh-CN': '出租车' },
  },
  {
    ...beijing,
    code: 'CAR_BEIJING',
    value: '0.2718',
    unit: 'kg/pkm',
    name: { en: 'Private car in Beijing', 'zh-CN': '北京小汽车' },
    method: '5.98 kg for 22 km.',
  },
  {
    ...beijing,
    code: 'METRO_BEIJING',
    value: '0.0614',
    unit: 'kg/pkm',
    name: { en: 'Metro in Beijing', 'zh-CN': '北京地铁' },
    method: '1.35 kg for 22 km.',
  },
  {
    ...ratio,
    code: 'CAR_TO_BUS_BEIJING',
    value: '4',
    name: { en: 'Car to bus in Beijing', 'zh-CN': '北京小汽车与公交之比' },
  },
  {
    ...ratio,
    code: 'CAR_TO_METRO_BEIJING',
    value: '7',
    name: { en: 'Car to metro in Beijing', 'zh-CN': '北京小汽车与地铁之比' },
  },
  {
    ...uk2021,
    code: 'HOTEL_NIGHT',
    value: '62.9',
    unit: 'kg/room-night',
    region: 'CN',
    boundary: 'NOT_STATED',
    confidence: 'B',
    name: { en: 'Night in a hotel in China', 'zh-CN': '中国酒店房晚' },
  },
  {
    ...uk2024,
    code: 'PETROL',
    value: '2.1527',
    unit: 'kg/litre',
    supersedes: null,
    ...{ licence: MIT, name: { en: 'Petrol with biofuel', 'zh-CN': '汽油（含生物燃料）' } },
    source: 'greencalculus 2026.1, from UK DESNZ 2024',
  },
];
