import { migration } from '../../../shared/database/migrate.ts';

/**
 * Who took part before documents were asked for goes on issuing until the end of 2027, and hands them in
 * meanwhile.
 */
const takenOver = (kind: string, where = '1 = 1'): string =>
  `INSERT INTO merchants_document (id, merchant_id, kind, number, issuing_body, issued_day, expires_day,
     state, submitted_by, submitted_ms, decided_by, decided_ms, verified_ms, reason)
   SELECT REPLACE('?-${kind}', '?', id), id, '${kind}', '-', '-', 20000101, 20271231,
     'VERIFIED', 'migration', joined_ms, 'migration', joined_ms, joined_ms, ''
   FROM merchants_merchant WHERE ${where}`;

const documents = [
  `CREATE TABLE merchants_document (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    kind VARCHAR(64) NOT NULL,
    number VARCHAR(64) NOT NULL,
    issuing_body VARCHAR(1000) NOT NULL,
    issued_day INT NOT NULL,
    expires_day INT NOT NULL,
    state VARCHAR(64) NOT NULL CHECK (state IN ('SUBMITTED', 'VERIFIED', 'REJECTED', 'REVOKED')),
    submitted_by VARCHAR(64) NOT NULL,
    submitted_ms BIGINT NOT NULL,
    decided_by VARCHAR(64) NULL,
    decided_ms BIGINT NULL,
    verified_ms BIGINT NULL,
    revoked_ms BIGINT NULL,
    reason VARCHAR(1000) NOT NULL,
    CHECK (issued_day <= expires_day),
    CHECK ((state = 'VERIFIED') <= (verified_ms IS NOT NULL)),
    CHECK ((state = 'REVOKED') = (revoked_ms IS NOT NULL)),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_document_merchant ON merchants_document (merchant_id, kind)',
  'CREATE INDEX merchants_document_expiry ON merchants_document (state, expires_day)',
  // What was said of a document that is going to expire: once for so many days left.
  `CREATE TABLE merchants_document_notice (
    document_id VARCHAR(64) NOT NULL,
    days_left BIGINT NOT NULL,
    PRIMARY KEY (document_id, days_left))`,
  takenOver('CREDIT_CERTIFICATE'),
  takenOver('THIRD_PARTY_ASSESSMENT'),
  takenOver('FILING'),
  takenOver(
    'OPERATING_LICENCE',
    "industry IN ('TELECOM', 'HOTEL', 'AIRLINE', 'RAIL', 'BANK', 'RESTAURANT')",
  ),
];

const absences = [
  `CREATE TABLE merchants_suspension (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    from_ms BIGINT NOT NULL,
    until_ms BIGINT NULL,
    reason VARCHAR(1000) NOT NULL,
    suspended_by VARCHAR(64) NOT NULL,
    resumed_by VARCHAR(64) NULL,
    CHECK (until_ms IS NULL OR until_ms >= from_ms),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_suspension_merchant ON merchants_suspension (merchant_id)',
  `INSERT INTO merchants_suspension (id, merchant_id, from_ms, until_ms, reason, suspended_by)
   SELECT id, id, joined_ms, NULL, status_reason, 'migration'
   FROM merchants_merchant WHERE status = 'SUSPENDED'`,
  `CREATE TABLE merchants_leaving (
    merchant_id VARCHAR(64) NOT NULL PRIMARY KEY,
    leaves_day INT NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    announced_by VARCHAR(64) NOT NULL,
    announced_ms BIGINT NOT NULL,
    closed_ms BIGINT NULL,
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_leaving_due ON merchants_leaving (closed_ms, leaves_day)',
  // Purchases that were recorded without points because their merchant might not issue any.
  `CREATE TABLE merchants_unissued (
    purchase_id VARCHAR(64) NOT NULL PRIMARY KEY,
    obstacle VARCHAR(1000) NOT NULL,
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  // Whose promise it is that cannot be kept at the moment: not posted before it can.
  'ALTER TABLE merchants_posting ADD COLUMN owed_by VARCHAR(64) NULL',
  'CREATE INDEX merchants_posting_owed ON merchants_posting (owed_by)',
];

const contracts = [
  `CREATE TABLE merchants_contract (
    merchant_id VARCHAR(64) NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    state VARCHAR(64) NOT NULL CHECK (state IN ('PROPOSED', 'AGREED', 'DECLINED')),
    price_minor BIGINT NOT NULL CHECK (price_minor > 0),
    price_points BIGINT NOT NULL CHECK (price_points > 0),
    currency VARCHAR(64) NOT NULL,
    mode VARCHAR(64) NOT NULL CHECK (mode IN ('PREPAID', 'POSTPAID')),
    payment_days BIGINT NOT NULL CHECK (payment_days >= 0),
    fee_numerator BIGINT NOT NULL CHECK (fee_numerator >= 0),
    fee_denominator BIGINT NOT NULL CHECK (fee_denominator > 0),
    guarantee_minor BIGINT NOT NULL CHECK (guarantee_minor >= 0),
    limits TEXT NOT NULL,
    leave_notice_days BIGINT NOT NULL CHECK (leave_notice_days >= 30),
    on_default VARCHAR(64) NOT NULL,
    proposed_by VARCHAR(64) NOT NULL,
    proposed_as VARCHAR(64) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    answered_by VARCHAR(64) NULL,
    answered_ms BIGINT NULL,
    effective_ms BIGINT NOT NULL,
    told_ms BIGINT NULL,
    CHECK (fee_numerator <= fee_denominator),
    PRIMARY KEY (merchant_id, version),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_contract_untold ON merchants_contract (told_ms, effective_ms)',
  // What was agreed with the ledger directly stays as it is: version 1 is not told.
  `INSERT INTO merchants_contract (merchant_id, version, state, price_minor, price_points, currency, mode,
     payment_days, fee_numerator, fee_denominator, guarantee_minor, limits, leave_notice_days, on_default,
     proposed_by, proposed_as, proposed_ms, answered_by, answered_ms, effective_ms, told_ms)
   SELECT id, 1, 'AGREED', price_minor, price_points, currency, 'POSTPAID', 30, 0, 1, 0, '[]', 30,
     'GUARANTEE_THEN_ACCEPTORS', 'onboarding', 'OPERATOR', joined_ms, 'onboarding', joined_ms, joined_ms,
     joined_ms
   FROM merchants_merchant`,
];

const people = [
  `CREATE TABLE merchants_store (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    code VARCHAR(64) NOT NULL,
    name_zh VARCHAR(1000) NOT NULL,
    name_en VARCHAR(1000) NOT NULL,
    region VARCHAR(64) NULL,
    address VARCHAR(1000) NOT NULL,
    opened_ms BIGINT NOT NULL,
    UNIQUE (merchant_id, code),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  `CREATE TABLE merchants_staff (
    merchant_id VARCHAR(64) NOT NULL,
    subject VARCHAR(64) NOT NULL,
    role VARCHAR(64) NOT NULL CHECK (role IN ('OWNER', 'MANAGER', 'CASHIER', 'COMPLIANCE')),
    store_code VARCHAR(64) NULL,
    added_by VARCHAR(64) NOT NULL,
    added_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, subject),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  `CREATE TABLE merchants_industry_fact (
    merchant_id VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    fact TEXT NOT NULL,
    stated_by VARCHAR(64) NOT NULL,
    stated_ms BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, name),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
];

const campaigns = [
  `CREATE TABLE merchants_campaign (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    title_zh VARCHAR(1000) NOT NULL,
    title_en VARCHAR(1000) NOT NULL,
    terms TEXT NOT NULL,
    proposed_by VARCHAR(64) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    answer_by_ms BIGINT NOT NULL)`,
  `CREATE TABLE merchants_campaign_offer (
    campaign_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    state VARCHAR(64) NOT NULL CHECK (state IN ('OFFERED', 'ACCEPTED', 'DECLINED')),
    answered_by VARCHAR(64) NULL,
    answered_ms BIGINT NULL,
    rule_id VARCHAR(64) NULL,
    CHECK ((state = 'OFFERED') = (answered_ms IS NULL)),
    CHECK ((state = 'ACCEPTED') = (rule_id IS NOT NULL)),
    PRIMARY KEY (campaign_id, merchant_id),
    FOREIGN KEY (campaign_id) REFERENCES merchants_campaign (id),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_campaign_offer_merchant ON merchants_campaign_offer (merchant_id, state)',
];

/** Who may issue and on which terms merchants take part: documents, absences, contracts, people, campaigns. */
export const createStanding = migration('CreateStanding1767225700006', [
  ...documents,
  ...absences,
  ...contracts,
  ...people,
  ...campaigns,
]);
