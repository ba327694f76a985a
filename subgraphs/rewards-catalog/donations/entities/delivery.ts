import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/** What a merchant has handed over to a charity, of one currency. */
export type DeliveryRow = Readonly<{
  id: string;
  merchantId: string;
  registrationNumber: string;
  currency: string;
  minor: number;
  donations: number;
  /** Whatever was donated up to the end of this day. */
  untilDay: Day;
  deliveredOn: Day;
  receiptNumber: string;
  textZh: string;
  textEn: string;
  reportedBy: string;
  reportedAt: Date;
}>;

export const Delivery = new EntitySchema<DeliveryRow>({
  name: 'Delivery',
  tableName: 'rewards_delivery',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    registrationNumber: { ...code, name: 'registration_number' },
    currency: code,
    minor: integer,
    donations: integer,
    untilDay: { ...day, name: 'until_day' },
    deliveredOn: { ...day, name: 'delivered_on' },
    receiptNumber: { ...code, name: 'receipt_number' },
    textZh: { ...text, name: 'text_zh' },
    textEn: { ...text, name: 'text_en' },
    reportedBy: { ...text, name: 'reported_by' },
    reportedAt: { ...instant, name: 'reported_ms' },
  },
});
