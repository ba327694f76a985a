import { EntitySchema } from 'typeorm';
import { code, instant, key, reference } from '../../../../shared/database/columns.ts';

/** Why a voucher has another code now. */
export type ReplacementReason = 'LOST' | 'LEAKED';

/** A code that is good no more: its voucher has another one. */
export type FormerCodeRow = Readonly<{
  codeHash: string;
  voucherId: string;
  reason: ReplacementReason;
  replacedAt: Date;
}>;

export const FormerCode = new EntitySchema<FormerCodeRow>({
  name: 'FormerCode',
  tableName: 'rewards_former_code',
  columns: {
    codeHash: { ...key(code), name: 'code_hash' },
    voucherId: { ...reference, name: 'voucher_id' },
    reason: code,
    replacedAt: { ...instant, name: 'replaced_ms' },
  },
});
