import { EntitySchema } from 'typeorm';
import { code, id, instant, integer, text } from '../../../shared/database/columns.ts';

/** A partner of the alliance, with its contract. */
export type MerchantRow = Readonly<{
  id: string;
  nameZh: string;
  nameEn: string;
  industry: Industry;
  status: 'ACTIVE' | 'SUSPENDED';
  /** Why it is suspended, or empty. */
  statusReason: string;
  /** What the merchant owes for `pricePoints` of its points, in the smallest unit of `currency`. */
  priceMinor: number;
  pricePoints: number;
  currency: string;
  joinedAt: Date;
}>;

export type Industry =
  | 'SUPERMARKET'
  | 'JEWELLERY'
  | 'MOTHER_AND_BABY'
  | 'CLOTHING'
  | 'TELECOM'
  | 'HOTEL'
  | 'PET'
  | 'SCENIC_SPOT'
  | 'AIRLINE'
  | 'RAIL'
  | 'BANK'
  | 'RESTAURANT'
  | 'RETAIL';

export const Merchant = new EntitySchema<MerchantRow>({
  name: 'Merchant',
  tableName: 'merchants_merchant',
  columns: {
    id,
    nameZh: { ...text, name: 'name_zh' },
    nameEn: { ...text, name: 'name_en' },
    industry: code,
    status: code,
    statusReason: { ...text, name: 'status_reason' },
    priceMinor: { ...integer, name: 'price_minor' },
    pricePoints: { ...integer, name: 'price_points' },
    currency: code,
    joinedAt: { ...instant, name: 'joined_ms' },
  },
});
