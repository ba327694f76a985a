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
import type { RewardKind, RewardStatus } from '../domain/reward.ts';
import type { Details } from '../offers/domain/details.ts';

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
  /** ISO days of the week on which its voucher can be used; null: every day. */
  weekdays: readonly number[] | null;
  /** How many vouchers one order takes together with one of this reward. */
  perOrder: number;
  /** What its kind needs to say; null: nothing. */
  details: Details | null;
  brand: string | null;
  certificateNumber: string | null;
  status: RewardStatus;
  publishedAt: Date;
}>;

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
    weekdays: nullable(json),
    perOrder: { ...integer, name: 'per_order' },
    details: nullable(json),
    brand: nullable(text),
    certificateNumber: nullable({ ...code, name: 'certificate_number' }),
    status: code,
    publishedAt: { ...instant, name: 'published_ms' },
  },
});
