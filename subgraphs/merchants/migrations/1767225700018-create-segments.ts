import { migration } from '../../../shared/database/migrate.ts';

export const createSegments = migration('CreateSegments1767225700018', [
  // What a segment says never changes: another one is defined instead.
  `CREATE TABLE merchants_segment (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    name_zh VARCHAR(1000) NOT NULL,
    name_en VARCHAR(1000) NOT NULL,
    terms TEXT NOT NULL,
    defined_by VARCHAR(128) NOT NULL,
    defined_ms BIGINT NOT NULL,
    ended_ms BIGINT NULL,
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_segment_merchant ON merchants_segment (merchant_id, defined_ms, id)',
  'CREATE INDEX merchants_segment_time ON merchants_segment (defined_ms, id)',
  `CREATE TABLE merchants_promotion (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    segment_id VARCHAR(64) NULL,
    rule_id VARCHAR(64) NULL,
    title_zh VARCHAR(1000) NOT NULL,
    title_en VARCHAR(1000) NOT NULL,
    text_zh VARCHAR(1000) NOT NULL,
    text_en VARCHAR(1000) NOT NULL,
    from_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL CHECK (until_ms > from_ms),
    published_by VARCHAR(128) NOT NULL,
    published_ms BIGINT NOT NULL,
    withdrawn_ms BIGINT NULL,
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id),
    FOREIGN KEY (segment_id) REFERENCES merchants_segment (id))`,
  'CREATE INDEX merchants_promotion_merchant ON merchants_promotion (merchant_id, published_ms, id)',
  'CREATE INDEX merchants_promotion_time ON merchants_promotion (published_ms, id)',
]);
