import { fraction } from '../../../../../shared/quantities.ts';
import type { Factor } from '../../../domain/factors.ts';
import { CITED } from '../licences.ts';

const common = {
  version: '0',
  since: 0,
  province: null,
  publishedOn: null,
  licence: CITED,
  supersedes: null,
  basis: 'CO2E',
  boundary: 'NOT_STATED',
  region: 'CN',
  dataYear: null,
  counted: 'CERTIFIED',
  inputs: [],
  isEnabled: false,
  confidence: 'D',
} as const;

/** No number that could be defended; 0 stands where there is none at all. */
const NONE = fraction(0, 1);

/** What is known and too weak to be claimed: none of it saves anything before two people publish a version. */
export const notClaimed: readonly Factor[] = [
  {
    ...common,
    code: 'SECONDHAND',
    saving: NONE,
    unit: 'item',
    name: { en: 'A second-hand item', 'zh-CN': '二手商品' },
    source: 'Group standards of 中国循环经济协会, 2023-09',
    method:
      'Production × substitution rate. No rate is published; whoever publishes a version has to justify one.',
  },
  {
    ...common,
    code: 'PAPER_KG',
    saving: fraction(1500, 1),
    unit: 'kg',
    name: { en: 'Waste paper recycled', 'zh-CN': '废纸回收' },
    source: 'Press, 2025',
    dataYear: 2025,
    method: 'About 1.5 kg for a kg.',
  },
  {
    ...common,
    code: 'REFILL',
    saving: NONE,
    unit: 'piece',
    name: { en: 'A refill pack', 'zh-CN': '补充装' },
    source: 'A vendor: refill systems about 25 % lower',
    method: '(bottle avoided − pouch) × plastic. Only a relative number is known.',
  },
  {
    ...common,
    code: 'ORGANIC',
    saving: NONE,
    unit: 'kg',
    name: { en: 'Certified organic or green food', 'zh-CN': '有机食品、绿色食品' },
    source: 'None that agrees with the others',
    method: 'The effect on greenhouse gases is contested: green points by certificate, no carbon.',
  },
  {
    ...common,
    code: 'ETC',
    saving: fraction(23, 1),
    unit: 'pass',
    name: { en: 'Non-stop toll', 'zh-CN': 'ETC 不停车通行' },
    source: 'Ant Forest, public table of green energy; draft of T/ACEF',
    method: 'A number of a company.',
  },
];
