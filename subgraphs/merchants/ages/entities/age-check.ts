import { EntitySchema } from 'typeorm';
import { id, instant, integer, reference } from '../../../../shared/database/columns.ts';

/** That a merchant has seen a proof that a member is at least so old. The latest one holds. */
export type AgeCheckRow = Readonly<{
  id: string;
  merchantId: string;
  memberId: string;
  /** 0: what was said before was wrong. */
  years: number;
  checkedBy: string;
  checkedAt: Date;
}>;

export const AgeCheck = new EntitySchema<AgeCheckRow>({
  name: 'AgeCheck',
  tableName: 'merchants_age_check',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    memberId: { ...reference, name: 'member_id' },
    years: integer,
    checkedBy: { type: 'varchar', length: 128, name: 'checked_by' },
    checkedAt: { ...instant, name: 'checked_ms' },
  },
});
