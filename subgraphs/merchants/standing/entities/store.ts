import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/** Where a merchant sells. Orders name it by its code. */
export type StoreRow = Readonly<{
  id: string;
  merchantId: string;
  code: string;
  nameZh: string;
  nameEn: string;
  /** The code of an administrative division, such as `310000`, or null. */
  region: string | null;
  address: string;
  openedAt: Date;
}>;

export const Store = new EntitySchema<StoreRow>({
  name: 'Store',
  tableName: 'merchants_store',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    code,
    nameZh: { ...text, name: 'name_zh' },
    nameEn: { ...text, name: 'name_en' },
    region: nullable(code),
    address: text,
    openedAt: { ...instant, name: 'opened_ms' },
  },
});
