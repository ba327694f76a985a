import { EntitySchema } from 'typeorm';
import { code, id, integer, nullable, reference, text } from '../../../shared/database/columns.ts';

/** A rule by which purchases at one merchant become points. Never changed: a new rule is a new row. */
export type ProgrammeRow = Readonly<{
  id: string;
  merchantId: string;
  nameZh: string;
  nameEn: string;
  unit: string;
  /** So many points … */
  earnPoints: number;
  /** … for so much money, in the smallest unit of `currency`. */
  earnMinor: number;
  currency: string;
  /** Null: points never expire. */
  expiryMonths: number | null;
  version: string;
}>;

export const Programme = new EntitySchema<ProgrammeRow>({
  name: 'Programme',
  tableName: 'merchants_programme',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    nameZh: { ...text, name: 'name_zh' },
    nameEn: { ...text, name: 'name_en' },
    unit: code,
    earnPoints: { ...integer, name: 'earn_points' },
    earnMinor: { ...integer, name: 'earn_minor' },
    currency: code,
    expiryMonths: { ...nullable(integer), name: 'expiry_months' },
    version: code,
  },
});
