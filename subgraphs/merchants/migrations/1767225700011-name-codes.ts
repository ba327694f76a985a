import { migration } from '../../../shared/database/migrate.ts';

/** What the codes that rules name are called, of a merchant or of the whole alliance (`ALLIANCE`). */
export const nameCodesTable = migration('NameCodes1767225700011', [
  `CREATE TABLE merchants_code_name (
    merchant_id VARCHAR(64) NOT NULL,
    kind VARCHAR(64) NOT NULL,
    code VARCHAR(64) NOT NULL,
    name_zh VARCHAR(1000) NOT NULL,
    name_en VARCHAR(1000) NOT NULL,
    named_by VARCHAR(64) NOT NULL,
    named_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, kind, code))`,
]);
