import type { Figure } from '../figure.ts';
import { announcements, GENERATION } from './electricity.ts';

/** A division by its code of GB/T 2260, or a regional grid: names, and kg CO2/kWh in 2021 and 2022. */
type Row = readonly [region: string, zh: string, en: string, in2021: string, in2022: string];

const provinces: readonly Row[] = [
  ['110000', '北京', 'Beijing', '0.5688', '0.5580'],
  ['120000', '天津', 'Tianjin', '0.7355', '0.7041'],
  ['130000', '河北', 'Hebei', '0.7901', '0.7252'],
  ['140000', '山西', 'Shanxi', '0.7222', '0.7096'],
  ['150000', '内蒙古', 'Inner Mongolia', '0.7025', '0.6849'],
  ['210000', '辽宁', 'Liaoning', '0.5876', '0.5626'],
  ['220000', '吉林', 'Jilin', '0.5629', '0.4932'],
  ['230000', '黑龙江', 'Heilongjiang', '0.6342', '0.5368'],
  ['310000', '上海', 'Shanghai', '0.5834', '0.5849'],
  ['320000', '江苏', 'Jiangsu', '0.6451', '0.5978'],
  ['330000', '浙江', 'Zhejiang', '0.5422', '0.5153'],
  ['340000', '安徽', 'Anhui', '0.7075', '0.6782'],
  ['350000', '福建', 'Fujian', '0.4711', '0.4092'],
  ['360000', '江西', 'Jiangxi', '0.5835', '0.5752'],
  ['370000', '山东', 'Shandong', '0.6838', '0.6410'],
  ['410000', '河南', 'Henan', '0.6369', '0.6058'],
  ['420000', '湖北', 'Hubei', '0.3672', '0.4364'],
  ['430000', '湖南', 'Hunan', '0.5138', '0.4900'],
  ['440000', '广东', 'Guangdong', '0.4715', '0.4403'],
  ['450000', '广西', 'Guangxi', '0.5154', '0.4044'],
  ['460000', '海南', 'Hainan', '0.4524', '0.4184'],
  ['500000', '重庆', 'Chongqing', '0.4743', '0.5227'],
  ['510000', '四川', 'Sichuan', '0.1255', '0.1404'],
  ['520000', '贵州', 'Guizhou', '0.5182', '0.4989'],
  ['530000', '云南', 'Yunnan', '0.1235', '0.1073'],
  ['610000', '陕西', 'Shaanxi', '0.6336', '0.6558'],
  ['620000', '甘肃', 'Gansu', '0.4955', '0.4772'],
  ['630000', '青海', 'Qinghai', '0.1326', '0.1567'],
  ['640000', '宁夏', 'Ningxia', '0.6546', '0.6423'],
  ['650000', '新疆', 'Xinjiang', '0.6577', '0.6231'],
];

const grids: readonly Row[] = [
  ['CN-NORTH', '华北', 'North China', '0.7120', '0.6776'],
  ['CN-NORTHEAST', '东北', 'North-east China', '0.6012', '0.5564'],
  ['CN-EAST', '华东', 'East China', '0.5992', '0.5617'],
  ['CN-CENTRAL', '华中', 'Central China', '0.5354', '0.5395'],
  ['CN-NORTHWEST', '西北', 'North-west China', '0.5951', '0.5857'],
  ['CN-SOUTH', '南方', 'South China', '0.4326', '0.3869'],
  ['CN-SOUTHWEST', '西南', 'South-west China', '0.2113', '0.2268'],
];

const figuresOf = (code: string, rows: readonly Row[], method: string | null): Figure[] =>
  rows.flatMap(([region, zh, en, in2021, in2022]) => {
    const common = {
      ...GENERATION,
      code: `${code}_${region.replaceAll('-', '_')}`,
      name: { en: `Power, ${en}`, 'zh-CN': `${zh}电力平均` },
      region,
      method,
      confidence: 'A−',
    };
    return [
      { ...common, ...announcements[2021], value: in2021, supersedes: null },
      { ...common, ...announcements[2022], value: in2022, supersedes: '2021' },
    ];
  });

/** Grid factors by province. Of Tibet none is published: there the national one is used. */
export const provincialElectricity: readonly Figure[] = figuresOf('GRID', provinces, null);

/** Grid factors of the seven regional grids. */
export const regionalElectricity: readonly Figure[] = figuresOf(
  'GRID',
  grids,
  'In kg/kWh as the provinces are: a file in circulation prints regions a thousand times smaller.',
);
