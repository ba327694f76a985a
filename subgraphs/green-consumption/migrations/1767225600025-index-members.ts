import { migration } from '../../../shared/database/migrate.ts';

/** Whether enough members stand behind a merchant's report is found without reading all of its entries. */
export const indexMembers = migration('IndexMembers1767225600025', [
  'CREATE INDEX green_carbon_entry_merchant ON green_carbon_entry (merchant_id, member_id, occurred_ms)',
]);
