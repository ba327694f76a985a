// @ts-check

/**
 * One item of the shop.
 *
 * @typedef {object} Item
 * @property {string} id Never changes, and is never given to another item.
 * @property {Text} title
 * @property {Text} description
 * @property {number} points The price, in alliance points: a whole number.
 * @property {{ amountMinor: number, currency: string }} cashPrice In fen for CNY: a whole number.
 * @property {number | null} stock How many are left. Null: not limited.
 * @property {'PURE_GOLD' | 'GOLD_750' | 'SILVER_925' | 'PEARL' | 'JADE'} material
 * @property {number | null} weightMilligrams
 * @property {string | null} certificateNumber
 */

/** @typedef {{ zh: string, en: string }} Text */

/** @param {number} fen */
const yuan = (fen) => ({ amountMinor: fen, currency: 'CNY' });

/** @type {readonly Item[]} */
export const items = [
  {
    id: 'JH-1001',
    title: { zh: '足金小猪挂件', en: 'Little pig pendant, pure gold' },
    description: { zh: '硬金工艺，配红绳。', en: 'Hard gold on a red cord.' },
    points: 68_800,
    cashPrice: yuan(68_800),
    stock: 12,
    material: 'PURE_GOLD',
    weightMilligrams: 520,
    certificateNumber: 'JH-AU-2026-004417',
  },
  {
    id: 'JH-1002',
    title: { zh: '18K 金素圈戒指', en: 'Plain ring, 18 carat gold' },
    description: { zh: '可免费改圈口一次。', en: 'Resized once free of charge.' },
    points: 129_900,
    cashPrice: yuan(129_900),
    stock: 5,
    material: 'GOLD_750',
    weightMilligrams: 1_350,
    certificateNumber: 'JH-AU-2026-003981',
  },
  {
    id: 'JH-2001',
    title: { zh: '银手链', en: 'Silver bracelet' },
    description: { zh: '链长 16 厘米，可延长 3 厘米。', en: '16 cm, extends by 3 cm.' },
    points: 19_900,
    cashPrice: yuan(19_900),
    stock: 60,
    material: 'SILVER_925',
    weightMilligrams: 4_200,
    certificateNumber: null,
  },
  {
    id: 'JH-2002',
    title: { zh: '银质书签', en: 'Silver bookmark' },
    description: { zh: '可刻字，最多六个字。', en: 'Engraved with up to six characters.' },
    points: 8_800,
    cashPrice: yuan(8_800),
    stock: null,
    material: 'SILVER_925',
    weightMilligrams: 2_000,
    certificateNumber: null,
  },
  {
    id: 'JH-3001',
    title: { zh: '珍珠耳钉', en: 'Pearl ear studs' },
    description: { zh: '淡水珍珠，直径 6 至 7 毫米。', en: 'Freshwater pearls, 6 to 7 mm.' },
    points: 26_800,
    cashPrice: yuan(26_800),
    stock: 25,
    material: 'PEARL',
    weightMilligrams: null,
    certificateNumber: 'JH-PL-2026-000152',
  },
  {
    id: 'JH-4001',
    title: { zh: '和田玉平安扣', en: 'Hetian jade disc' },
    description: { zh: '每枚纹理不同，以实物为准。', en: 'No two are alike.' },
    points: 36_000,
    cashPrice: yuan(36_000),
    stock: 0,
    material: 'JADE',
    weightMilligrams: null,
    certificateNumber: 'JH-JD-2026-000038',
  },
];
