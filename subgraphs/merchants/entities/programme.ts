import { EntitySchema } from 'typeorm';
import { code, id, reference, text } from '../../../shared/database/columns.ts';

/** Rules of one merchant for points of one unit. What it earns by is its rules. */
export type ProgrammeRow = Readonly<{
  id: string;
  merchantId: string;
  nameZh: string;
  nameEn: string;
  unit: string;
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
  },
});
