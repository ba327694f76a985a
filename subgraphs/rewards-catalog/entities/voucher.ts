import { EntitySchema } from 'typeorm';
import type { Day } from '../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  nullable,
  reference,
  text,
} from '../../../shared/database/columns.ts';

/** The right to a reward. Good only while its redemption is CAPTURED. */
export type VoucherRow = Readonly<{
  id: string;
  redemptionId: string;
  /** By which a scanned code is found. */
  codeHash: string;
  /** The code, encrypted: whoever reads the table cannot use the vouchers. */
  codeSealed: string;
  /** The first day on which it is good: that of the time that was booked; null: at once. */
  validFrom: Day | null;
  /** The first day on which it is not good any more. */
  validUntil: Day;
  usedAt: Date | null;
  /** What it is good for instead of the reward of its redemption; null: for that. */
  rewardId: string | null;
  /** With which order of its merchant; null: it was told none. */
  usedOrder: string | null;
  usedStore: string | null;
  /** From when on it is void, since its redemption was undone; null: it is not. */
  voidedAt: Date | null;
}>;

export const Voucher = new EntitySchema<VoucherRow>({
  name: 'Voucher',
  tableName: 'rewards_voucher',
  columns: {
    id,
    redemptionId: { ...reference, name: 'redemption_id' },
    codeHash: { ...code, name: 'code_hash' },
    codeSealed: { ...text, name: 'code_sealed' },
    validFrom: nullable({ ...day, name: 'valid_from' }),
    validUntil: { ...day, name: 'valid_until' },
    rewardId: nullable({ ...reference, name: 'reward_id' }),
    usedAt: nullable({ ...instant, name: 'used_ms' }),
    usedOrder: nullable({ ...code, name: 'used_order' }),
    usedStore: nullable({ ...code, name: 'used_store' }),
    voidedAt: nullable({ ...instant, name: 'voided_ms' }),
  },
});
