import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
  text,
} from '../../../shared/database/columns.ts';
import type { CodeNames } from '../domain/code-names.ts';
import type { RewardKind, RewardStatus } from '../domain/reward.ts';
import type { Details } from '../offers/domain/details.ts';
import type { DuringOrder } from '../offers/domain/during-order.ts';
import type { BrandAuthorisation } from '../offers/domain/supplier.ts';

/** Something that points can be exchanged for. Its merchant and price never change. */
export type RewardRow = Readonly<{
  id: string;
  titleZh: string;
  titleEn: string;
  kind: RewardKind;
  merchantId: string;
  /** The price of one, in points of `unit`. */
  points: number;
  unit: string;
  /** What one costs in money, in the smallest unit of `cashCurrency`. */
  cashMinor: number;
  cashCurrency: string;
  /** Null: not limited, for ever. */
  stock: number | null;
  validDays: number;
  /** What members are told of its conditions. */
  termsZh: string | null;
  termsEn: string | null;
  category: string | null;
  /** Null: the merchant itself. */
  seller: string | null;
  /** The unified social credit code of `seller`; null when that is the merchant, or from before it was asked for. */
  sellerCode: string | null;
  /** ISO days of the week on which its voucher can be used; null: every day. */
  weekdays: readonly number[] | null;
  /** How many vouchers one order takes together with one of this reward. */
  perOrder: number;
  /** It is had only while an order is used; null: at any time. */
  duringOrder: DuringOrder | null;
  /** What its kind needs to say; null: nothing. */
  details: Details | null;
  brand: string | null;
  /** By what right it bears the brand; null: nothing was said. */
  brandAuthorisation: BrandAuthorisation | null;
  certificateNumber: string | null;
  offeredFrom: Date | null;
  offeredUntil: Date | null;
  /** Null: everywhere. */
  regions: readonly string[] | null;
  minTier: string | null;
  limitPerDay: number | null;
  limitInAll: number | null;
  /** Money beside the points, for one, in the smallest unit of `cashCurrency`. */
  cashPartMinor: number | null;
  /** The price of one for the tier that pays least. */
  leastPoints: number;
  /** What the codes that it names were called when it was published. */
  codeNames: CodeNames | null;
  status: RewardStatus;
  publishedAt: Date;
}>;

/** Codes with a comma before and behind each, by which the database finds one of them. */
const codesCodec = {
  from: (kept: string | null) => kept?.split(',').filter((part) => part !== '') ?? null,
  to: (codes: readonly string[] | null) => (codes === null ? null : `,${codes.join(',')},`),
};

export const Reward = new EntitySchema<RewardRow>({
  name: 'Reward',
  tableName: 'rewards_reward',
  columns: {
    id,
    titleZh: { ...text, name: 'title_zh' },
    titleEn: { ...text, name: 'title_en' },
    kind: code,
    merchantId: { ...reference, name: 'merchant_id' },
    points: integer,
    unit: code,
    cashMinor: { ...integer, name: 'cash_minor' },
    cashCurrency: { ...code, name: 'cash_currency' },
    stock: nullable(integer),
    validDays: { ...integer, name: 'valid_days' },
    termsZh: nullable({ ...text, name: 'terms_zh' }),
    termsEn: nullable({ ...text, name: 'terms_en' }),
    category: nullable(code),
    seller: nullable(text),
    sellerCode: nullable({ ...code, name: 'seller_code' }),
    weekdays: nullable(json),
    perOrder: { ...integer, name: 'per_order' },
    duringOrder: nullable({ ...json, name: 'during_order' }),
    details: nullable(json),
    brand: nullable(text),
    brandAuthorisation: nullable({ ...json, name: 'brand_authorisation' }),
    certificateNumber: nullable({ ...code, name: 'certificate_number' }),
    offeredFrom: nullable({ ...instant, name: 'offered_from_ms' }),
    offeredUntil: nullable({ ...instant, name: 'offered_until_ms' }),
    regions: nullable({ ...text, transformer: codesCodec }),
    minTier: nullable({ ...code, name: 'min_tier' }),
    limitPerDay: nullable({ ...integer, name: 'limit_per_day' }),
    limitInAll: nullable({ ...integer, name: 'limit_in_all' }),
    cashPartMinor: nullable({ ...integer, name: 'cash_part_minor' }),
    leastPoints: { ...integer, name: 'least_points' },
    codeNames: { ...nullable(json), name: 'code_names' },
    status: code,
    publishedAt: { ...instant, name: 'published_ms' },
  },
});
