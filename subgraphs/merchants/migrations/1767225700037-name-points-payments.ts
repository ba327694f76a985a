import { migration } from '../../../shared/database/migrate.ts';

/** Which redemption paid a part of an order with points, and how much of the bill it took off. */
export const namePointsPayments = migration('NamePointsPayments1767225700037', [
  'ALTER TABLE merchants_purchase ADD COLUMN points_payment_id VARCHAR(64) NULL',
  `ALTER TABLE merchants_purchase ADD COLUMN points_paid_minor BIGINT NOT NULL DEFAULT 0
    CHECK (points_paid_minor >= 0)`,
]);
