import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  key,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/**
 * What a merchant takes off the first order of somebody who was invited, and bears itself. Only its end changes.
 * Amounts are in the smallest unit of `currency`.
 */
export type FirstOrderOfferRow = Readonly<{
  id: string;
  merchantId: string;
  faceMinor: number;
  thresholdMinor: number;
  currency: string;
  validDays: number;
  publishedAt: Date;
  /** From when on nobody takes it any more; the vouchers that were taken stay good. */
  endedAt: Date | null;
}>;

export const FirstOrderOffer = new EntitySchema<FirstOrderOfferRow>({
  name: 'FirstOrderOffer',
  tableName: 'rewards_first_order_offer',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    faceMinor: { ...integer, name: 'face_minor' },
    thresholdMinor: { ...integer, name: 'threshold_minor' },
    currency: code,
    validDays: { ...integer, name: 'valid_days' },
    publishedAt: { ...instant, name: 'published_ms' },
    endedAt: { ...nullable(instant), name: 'ended_ms' },
  },
});

/** The right of a member to such a discount. She takes one in her life. */
export type FirstOrderVoucherRow = Readonly<{
  memberId: string;
  id: string;
  offerId: string;
  /** By which a scanned code is found. */
  codeHash: string;
  /** The code, encrypted. */
  codeSealed: string;
  givenAt: Date;
  /** The first day on which it is not good any more. */
  validUntil: Day;
  usedAt: Date | null;
  usedOrder: string | null;
  usedStore: string | null;
}>;

export const FirstOrderVoucher = new EntitySchema<FirstOrderVoucherRow>({
  name: 'FirstOrderVoucher',
  tableName: 'rewards_first_order_voucher',
  columns: {
    memberId: { ...key(reference), name: 'member_id' },
    id: reference,
    offerId: { ...reference, name: 'offer_id' },
    codeHash: { ...code, name: 'code_hash' },
    codeSealed: { ...text, name: 'code_sealed' },
    givenAt: { ...instant, name: 'given_ms' },
    validUntil: { ...day, name: 'valid_until' },
    usedAt: { ...nullable(instant), name: 'used_ms' },
    usedOrder: { ...nullable(code), name: 'used_order' },
    usedStore: { ...nullable(code), name: 'used_store' },
  },
});
