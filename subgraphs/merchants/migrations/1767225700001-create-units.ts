import { migration } from '../../../shared/database/migrate.ts';

/** Whose own points a unit is. `ALLIANCE` is everybody's and not in it. */
export const createUnits = migration('CreateUnits1767225700001', [
  `CREATE TABLE merchants_unit (
    unit VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL)`,
  // Where two merchants have one unit already, both keep it, and nobody else gets it.
  `INSERT INTO merchants_unit (unit, merchant_id)
   SELECT unit, MIN(merchant_id) FROM merchants_programme WHERE unit <> 'ALLIANCE' GROUP BY unit`,
]);
