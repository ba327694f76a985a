import { type Mutant, mutantsIn } from './mutant.ts';

type Belt = readonly [line: string, find: string, replace: string];

/** What a table itself refuses, whoever writes it; `test/points-ledger/table-belts.test.ts` tries. */
const of = (file: string, table: string, belts: readonly Belt[]): Mutant[] =>
  mutantsIn(
    `migrations/${file}.ts`,
    'table-belts',
    belts.map(
      ([line, find, replace]) =>
        [
          `table: ${line}`,
          find,
          replace,
          `on SQLite … ${table} refuses what its CHECKs and keys exclude, whoever writes it`,
        ] as const,
    ),
  ).map((mutant) => ({ ...mutant, isApart: true }));

export const tables: readonly Mutant[] = [
  ...of('1767225600108-add-transfers', 'points_programme', [
    [
      'a rule for transfers that there is',
      ` CHECK (transfer IN ('NONE', 'FAMILY', 'REGISTERED'))`,
      '',
    ],
    ['days until a transfer', ' CHECK (effective_after_days >= 0)', ''],
    ['how many are registered', ' CHECK (transferees_max >= 0)', ''],
    [
      'the version of a rule for transfers',
      'version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0)',
      'version BIGINT NOT NULL DEFAULT 1',
    ],
    [
      'one rule for each unit of an issuer',
      `PRIMARY KEY (unit, issuer_id))\``,
      `PRIMARY KEY (unit, issuer_id, transfer))\``,
    ],
  ]),
  ...of('1767225600108-add-transfers', 'points_transferee', [
    [
      'one registration of somebody',
      `PRIMARY KEY (wallet_id, unit, issuer_id, other_id))\``,
      `PRIMARY KEY (wallet_id, unit, issuer_id, other_id, since_ms))\``,
    ],
  ]),
  ...of('1767225600108-add-transfers', 'points_family_member', [
    [
      'one place in a family',
      `PRIMARY KEY (pool_id, member_id))\``,
      `PRIMARY KEY (pool_id, member_id, position))\``,
    ],
  ]),
  ...of('1767225600108-add-transfers', 'points_spending_cap', [
    [
      'a cap is not below nothing',
      'points BIGINT NOT NULL CHECK (points >= 0)',
      'points BIGINT NOT NULL',
    ],
    [
      'one cap for each unit',
      `PRIMARY KEY (pool_id, member_id, unit))\``,
      `PRIMARY KEY (pool_id, member_id, unit, points))\``,
    ],
  ]),
  ...of('1767225600109-add-freezes', 'points_freeze', [
    ['as what a freeze was lifted', ` CHECK (lifted_as IN ('UNFOUNDED', 'PROVEN'))`, ''],
    [
      'one freeze of a case',
      'case_id VARCHAR(64) NOT NULL PRIMARY KEY',
      'case_id VARCHAR(64) NOT NULL',
    ],
  ]),
  ...of('1767225600109-add-freezes', 'points_case', [
    [
      'the state of a case',
      ` CHECK (state IN
        ('PROPOSED', 'FREEZING', 'FROZEN', 'DEDUCTING', 'LIFTING', 'CLOSED'))`,
      '',
    ],
    ['the outcome of a case', ` CHECK (outcome IN ('UNFOUNDED', 'PROVEN', 'DROPPED'))`, ''],
    [
      'two persons for a case',
      `      refusal VARCHAR(64) NULL,
      CHECK (approved_by <> proposed_by))\`,
  'CREATE INDEX points_case_wallet`,
      `      refusal VARCHAR(64) NULL)\`,
  'CREATE INDEX points_case_wallet`,
    ],
  ]),
  ...of('1767225600109-add-freezes', 'points_case_deduction', [
    [
      'a deduction is of something',
      `points BIGINT NOT NULL CHECK (points > 0),
      parts`,
      `points BIGINT NOT NULL,
      parts`,
    ],
    [
      'the state of a deduction',
      ` CHECK (state IN
        ('PROPOSED', 'WITHDRAWN', 'APPROVED', 'BOOKED', 'REFUSED'))`,
      '',
    ],
    [
      'two persons for a deduction',
      `      PRIMARY KEY (case_id, number),
      CHECK (approved_by <> proposed_by))\``,
      `      PRIMARY KEY (case_id, number))\``,
    ],
    [
      'one deduction of a number',
      `      PRIMARY KEY (case_id, number),
`,
      `      PRIMARY KEY (case_id, number, points),
`,
    ],
  ]),
  ...of('1767225600109-add-freezes', 'points_adjustment', [
    [
      'goodwill is of something',
      `points BIGINT NOT NULL CHECK (points > 0),
      expires_on`,
      `points BIGINT NOT NULL,
      expires_on`,
    ],
    [
      'the state of goodwill',
      ` CHECK (state IN ('PROPOSED', 'APPROVED', 'BOOKED', 'REFUSED'))`,
      '',
    ],
    [
      'two persons for goodwill',
      `,
      CHECK (approved_by <> proposed_by))\`,
  'CREATE INDEX points_adjustment_state`,
      `)\`,
  'CREATE INDEX points_adjustment_state`,
    ],
  ]),
  ...of('1767225600111-add-programmes', 'points_rate_issuer', [
    ['how many rates an issuer has', 'rates INT NOT NULL CHECK (rates >= 0)', 'rates INT NOT NULL'],
  ]),
  ...of('1767225600111-add-programmes', 'points_rate', [
    [
      'the version of a rate',
      `version INT NOT NULL CHECK (version > 0),
      numerator`,
      `version INT NOT NULL,
      numerator`,
    ],
    ['a rate gives something', ' CHECK (numerator > 0)', ''],
    ['a rate takes something', ' CHECK (denominator > 0)', ''],
    [
      'one rate for each version',
      'PRIMARY KEY (unit, to_unit, issuer_id, version),',
      'PRIMARY KEY (unit, to_unit, issuer_id, version, numerator),',
    ],
    [
      'a rate is into another unit',
      `,
      CHECK (unit <> to_unit))\``,
      `)\``,
    ],
  ]),
  ...of('1767225600111-add-programmes', 'points_cover', [
    [
      'the version of a cover',
      `version INT NOT NULL CHECK (version > 0),
      covered BIGINT NOT NULL CHECK (covered >= 0),
      open_points`,
      `version INT NOT NULL,
      covered BIGINT NOT NULL CHECK (covered >= 0),
      open_points`,
    ],
    [
      'a cover is not below nothing',
      `covered BIGINT NOT NULL CHECK (covered >= 0),
      open_points`,
      `covered BIGINT NOT NULL,
      open_points`,
    ],
    [
      'one cover for each unit of an issuer',
      `PRIMARY KEY (issuer_id, unit))\``,
      `PRIMARY KEY (issuer_id, unit, version))\``,
    ],
  ]),
  ...of('1767225600111-add-programmes', 'points_cover_version', [
    [
      'one cover for each version',
      `PRIMARY KEY (issuer_id, unit, version))\``,
      `PRIMARY KEY (issuer_id, unit, version, covered))\``,
    ],
    [
      'a cover that was said is not below nothing',
      `covered BIGINT NOT NULL CHECK (covered >= 0),
      recorded_ms BIGINT NOT NULL,
      PRIMARY KEY (issuer_id, unit, version)`,
      `covered BIGINT NOT NULL,
      recorded_ms BIGINT NOT NULL,
      PRIMARY KEY (issuer_id, unit, version)`,
    ],
  ]),
  ...of('1767225600111-add-programmes', 'points_cover_settled', [
    [
      'a cycle leaves a cover once',
      `PRIMARY KEY (issuer_id, cycle_id))\``,
      `PRIMARY KEY (issuer_id, cycle_id, recorded_ms))\``,
    ],
  ]),
  ...of('1767225600120-approve-imports', 'points_import', [
    [
      'the state of an import',
      ` CHECK (state IN ('OPEN', 'STATED', 'BOOKING', 'DONE', 'REJECTED'))`,
      '',
    ],
  ]),
  ...of('1767225600111-add-programmes', 'points_import_row', [
    [
      'an opening balance is of something',
      'points BIGINT NOT NULL CHECK (points > 0)',
      'points BIGINT NOT NULL',
    ],
    ['the state of an opening balance', ` CHECK (state IN ('WAITING', 'BOOKED', 'REFUSED'))`, ''],
    [
      'one row of a number',
      'PRIMARY KEY (import_id, line),',
      'PRIMARY KEY (import_id, line, member_id),',
    ],
    [
      'one balance of each sort for a member',
      `,
      UNIQUE (import_id, member_id, expires_on, price_class))\``,
      `)\``,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_cycle', [
    [
      'a cycle ends behind its beginning',
      `,
      CHECK (last_seq >= first_seq - 1))\``,
      `)\``,
    ],
    ['one cycle of a number', 'number BIGINT NOT NULL UNIQUE', 'number BIGINT NOT NULL'],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_volume', [
    [
      'the volume of claims',
      'gross_minor BIGINT NOT NULL CHECK (gross_minor >= 0)',
      'gross_minor BIGINT NOT NULL',
    ],
    [
      'the volume of payments',
      'net_minor BIGINT NOT NULL CHECK (net_minor >= 0)',
      'net_minor BIGINT NOT NULL',
    ],
    [
      'one volume for each currency',
      `PRIMARY KEY (cycle_id, currency))\``,
      `PRIMARY KEY (cycle_id, currency, claims))\``,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_line', [
    ['the kind of a clearing line', ` CHECK (kind IN ('BURNS', 'CORRECTION'))`, ''],
    [
      'one clearing line of a number',
      `corrects_id VARCHAR(64) NULL,
      note VARCHAR(1000) NULL,
      UNIQUE (cycle_id, number))\``,
      `corrects_id VARCHAR(64) NULL,
      note VARCHAR(1000) NULL)\``,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_total', [
    [
      'one total for each pair and price',
      `PRIMARY KEY (debtor_id, creditor_id, price_class))\``,
      `PRIMARY KEY (debtor_id, creditor_id, price_class, points))\``,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_statement', [
    ['the state of a statement', ` CHECK (state IN ('ISSUED', 'DISPUTED', 'CONFIRMED'))`, ''],
    [
      'one statement for each merchant and cycle',
      `,
      UNIQUE (cycle_id, merchant_id))\``,
      `)\``,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_sum', [
    [
      'one sum for each currency of a statement',
      `PRIMARY KEY (statement_id, currency))\``,
      `PRIMARY KEY (statement_id, currency, fee_minor))\``,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_side', [
    [
      'the state of one side of a line',
      `
        CHECK (state IN ('OPEN', 'CONFIRMED', 'DISPUTED', 'UPHELD', 'CORRECTED'))`,
      '',
    ],
    [
      'one side for each merchant of a line',
      `PRIMARY KEY (line_id, merchant_id))\``,
      `PRIMARY KEY (line_id, merchant_id, statement_id))\``,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_payment', [
    ['the state of a payment', ` CHECK (state IN ('DUE', 'DEFAULTED', 'SETTLED'))`, ''],
    [
      'what a guarantee bears of a payment',
      `guaranteed_minor BIGINT NOT NULL CHECK (guaranteed_minor >= 0),
      uncovered`,
      `guaranteed_minor BIGINT NOT NULL,
      uncovered`,
    ],
    ['what nobody bears of a payment', ' CHECK (uncovered_minor >= 0)', ''],
    [
      'one payment of a number',
      `,
      UNIQUE (cycle_id, number))\`,
  \`CREATE TABLE points_clearing_terms`,
      `)\`,
  \`CREATE TABLE points_clearing_terms`,
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_terms', [
    ['the mode of terms', ` CHECK (mode IN ('PREPAID', 'POSTPAID'))`, ''],
    ['the days of terms', ' CHECK (payment_days >= 0)', ''],
    ['a fee is not below nothing', ' CHECK (fee_numerator >= 0)', ''],
    ['a fee is of something', ' CHECK (fee_denominator > 0)', ''],
    ['a guarantee is not below nothing', ' CHECK (guarantee_minor >= 0)', ''],
    [
      'one contract of a merchant',
      'merchant_id VARCHAR(64) NOT NULL PRIMARY KEY',
      'merchant_id VARCHAR(64) NOT NULL',
    ],
  ]),
  ...of('1767225600104-add-clearing', 'points_clearing_default', [
    [
      'what a guarantee bears of a default',
      `guaranteed_minor BIGINT NOT NULL CHECK (guaranteed_minor >= 0),
      currency`,
      `guaranteed_minor BIGINT NOT NULL,
      currency`,
    ],
    [
      'one default of a merchant in a cycle',
      `PRIMARY KEY (merchant_id, cycle_id))\``,
      `PRIMARY KEY (merchant_id, cycle_id, reason))\``,
    ],
  ]),
  ...of('1767225600106-add-checkpoints', 'points_checkpoint', [
    ['one checkpoint of a size', 'blocks BIGINT NOT NULL PRIMARY KEY', 'blocks BIGINT NOT NULL'],
  ]),
  ...of('1767225600106-add-checkpoints', 'points_block_tree', [
    [
      'one hash for each place of the tree',
      `PRIMARY KEY (level, place))\``,
      `PRIMARY KEY (level, place, hash))\``,
    ],
  ]),
];
