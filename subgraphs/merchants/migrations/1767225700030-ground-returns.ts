import { migration } from '../../../shared/database/migrate.ts';

/** Why goods came back. Of what came back before nobody asked. */
export const groundReturns = migration('GroundReturns1767225700030', [
  `ALTER TABLE merchants_return ADD COLUMN grounds VARCHAR(64) NULL
   CHECK (grounds IN ('CHANGED_MIND', 'DEFECT', 'MERCHANT_CONSENT'))`,
  'CREATE INDEX merchants_return_purchase ON merchants_return (purchase_id)',
]);
