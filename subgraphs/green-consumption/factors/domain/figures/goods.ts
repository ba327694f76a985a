import type { Figure } from '../figure.ts';
import { CITED } from '../licences.ts';

const common = {
  publishedOn: null,
  licence: CITED,
  method: null,
  supersedes: null,
  basis: 'CO2E',
  boundary: 'LIFE_CYCLE',
} as const;

const food = (code: string, value: string, en: string, zh: string): Figure => ({
  ...common,
  code,
  value,
  version: '2018',
  dataYear: 2018,
  unit: 'kg/kg',
  region: 'Global',
  ...{ name: { en, 'zh-CN': zh }, confidence: 'B' },
  source: 'Poore and Nemecek 2018, Science 360, by Our World in Data',
  method: 'Mean of the world.',
});

const garment = (code: string, value: string, en: string, zh: string): Figure => ({
  ...common,
  code,
  value,
  version: '2018',
  dataYear: 2018,
  unit: 'kg/item',
  region: 'FR',
  ...{ name: { en, 'zh-CN': zh }, source: 'ADEME 2018', confidence: 'B−' },
});

const device = (code: string, value: string, en: string, zh: string): Figure => ({
  ...common,
  code,
  value,
  version: '2019',
  dataYear: 2019,
  unit: 'kg/item',
  region: 'Global',
  ...{ name: { en, 'zh-CN': zh }, confidence: 'B−' },
  source: 'Product environmental reports of vendors, 2019',
});

const cup = (code: string, value: string, en: string, zh: string, method: string): Figure => ({
  ...common,
  code,
  value,
  version: '2016',
  dataYear: 2016,
  unit: 'g/use',
  region: 'Global',
  ...{ name: { en, 'zh-CN': zh }, confidence: 'C', method },
  source: 'WikiFootprints, compilation of life-cycle assessments of 2013 to 2016',
});

/** What food, goods and cups cause. */
export const goods: readonly Figure[] = [
  food('FOOD_BEEF', '99.48', 'Beef', '牛肉'),
  food('FOOD_PORK', '12.31', 'Pork', '猪肉'),
  food('FOOD_CHICKEN', '9.87', 'Chicken', '鸡肉'),
  food('FOOD_TOFU', '3.16', 'Tofu', '豆腐'),
  garment('CLOTHES_T_SHIRT', '7.67', 'T-shirt', 'T恤'),
  garment('CLOTHES_SHIRT', '12.5', 'Shirt', '衬衫'),
  garment('CLOTHES_JEANS', '25', 'Jeans', '牛仔裤'),
  garment('CLOTHES_SWEATER', '30.6', 'Sweater', '毛衣'),
  garment('CLOTHES_COAT', '51', 'Coat', '外套'),
  garment('CLOTHES_DRESS', '54.3', 'Dress', '连衣裙'),
  garment('CLOTHES_SHOES', '18', 'Shoes', '鞋'),
  device('DEVICE_SMARTPHONE', '80', 'Smartphone', '手机'),
  device('DEVICE_TABLET', '87', 'Tablet', '平板电脑'),
  device('DEVICE_LAPTOP', '210', 'Laptop', '笔记本电脑'),
  device('DEVICE_TV', '500', 'Television', '电视机'),
  cup(
    'CUP_PAPER_CN',
    '52.4',
    'Paper cup made in China',
    '国产纸杯',
    '500 cups: 26.2 kg; landfill.',
  ),
  cup(
    'CUP_PAPER_CHAIN_LOW',
    '39.4',
    'Paper cup of a large chain, low',
    '连锁店纸杯（低值）',
    '500 cups: 19.7 kg.',
  ),
  cup(
    'CUP_PAPER_CHAIN_HIGH',
    '42.3',
    'Paper cup of a large chain, high',
    '连锁店纸杯（高值）',
    '500 cups: 21.15 kg.',
  ),
  cup('CUP_REUSED', '1.69', 'Reused cup', '重复使用的杯子', '500 uses: 0.844 kg.'),
];
