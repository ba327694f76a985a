import { migration } from '../../../shared/database/migrate.ts';

/** Terms of rules as they were before there were any: a rate and a term in months. */
const TERMS = `JSON_OBJECT(
  'title', JSON_OBJECT('zh', name_zh, 'en', name_en),
  'trigger', 'PURCHASE',
  'award', JSON_OBJECT('kind', 'RATE', 'priority', 0, 'rate',
    JSON_OBJECT('points', earn_points, 'minor', earn_minor, 'currency', currency)),
  'condition', JSON_OBJECT('categories', NULL, 'skus', NULL, 'isGreen', NULL, 'stores', NULL,
    'channels', NULL, 'regions', NULL, 'paymentInstruments', NULL, 'tiers', NULL, 'weekdays', NULL,
    'hours', NULL, 'from', NULL, 'until', NULL, 'minimumMinor', NULL),
  'caps', JSON_OBJECT('perOrder', NULL, 'perMemberPerDay', NULL, 'perMember', NULL, 'budget', NULL),
  'sponsorId', NULL,
  'vesting', JSON_OBJECT('kind', 'AT_ONCE'),
  'expiry', EXPIRY,
  'useScope', NULL,
  'qualifying', NULL,
  'answers', 'ANY',
  'referral', NULL,
  'lottery', NULL,
  'appreciation', NULL,
  'notice', JSON_OBJECT('advertisement', NULL, 'advertisedRebate', NULL, 'redemption', NULL,
    'limits', NULL, 'terms', NULL, 'complaints', NULL),
  'policy', JSON_OBJECT('transfer', 'NONE', 'transferees', NULL, 'transfereeWaitDays', NULL,
    'firstRedemptionFrom', NULL, 'minimumAge', NULL, 'returnDays', 7, 'lapsedLots', 'EXTEND'))`;

const NEVER = TERMS.replace('EXPIRY', "JSON_OBJECT('kind', 'NEVER')");
const MONTHS = TERMS.replace(
  'EXPIRY',
  "JSON_OBJECT('kind', 'MONTHS', 'months', expiry_months, 'end', 'DAY')",
);

const basicRules = (terms: string, where: string): string =>
  `INSERT INTO merchants_rule (id, rule_key, version, programme_id, merchant_id, state, terms,
     drafted_by, drafted_ms, reviewed_by, reviewed_ms, published_by, published_ms, effective_ms)
   SELECT merchants_programme.id, merchants_programme.id, 1, merchants_programme.id, merchant_id, 'PUBLISHED',
     ${terms}, 'onboarding', joined_ms, 'onboarding', joined_ms, 'onboarding', joined_ms, joined_ms
   FROM (SELECT p.id, p.merchant_id, p.name_zh, p.name_en, p.earn_points, p.earn_minor, p.currency,
       p.expiry_months, m.joined_ms
     FROM merchants_programme p JOIN merchants_merchant m ON m.id = p.merchant_id) merchants_programme
   WHERE ${where}`;

/** Versions of rules. What a programme had as columns becomes the first version of its basic rule. */
export const createRules = migration('CreateRules1767225700002', [
  `CREATE TABLE merchants_rule (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    rule_key VARCHAR(64) NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    programme_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    state VARCHAR(64) NOT NULL CHECK (state IN ('DRAFT', 'REVIEWED', 'PUBLISHED', 'WITHDRAWN')),
    terms TEXT NOT NULL,
    drafted_by VARCHAR(64) NOT NULL,
    drafted_ms BIGINT NOT NULL,
    reviewed_by VARCHAR(64) NULL,
    reviewed_ms BIGINT NULL,
    published_by VARCHAR(64) NULL,
    published_ms BIGINT NULL,
    comment_until_ms BIGINT NULL,
    effective_ms BIGINT NULL,
    ends_ms BIGINT NULL,
    CHECK (ends_ms IS NULL OR ends_ms >= effective_ms),
    CHECK ((state = 'PUBLISHED') <= (effective_ms IS NOT NULL)),
    UNIQUE (rule_key, version),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  'CREATE INDEX merchants_rule_merchant ON merchants_rule (merchant_id, effective_ms)',
  'CREATE INDEX merchants_rule_programme ON merchants_rule (programme_id, rule_key, version)',
  basicRules(NEVER, 'expiry_months IS NULL'),
  basicRules(MONTHS, 'expiry_months IS NOT NULL'),
]);
