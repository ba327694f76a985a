import type { Mutant } from './mutant.ts';

type Part = Omit<Mutant, 'file' | 'test'>;

const of = (file: string, test: string, parts: readonly Part[]): Mutant[] =>
  parts.map((part) => ({ file: `subgraphs/points-ledger/${file}`, test: `test/${test}`, ...part }));

const tables = (file: string, parts: readonly (readonly [string, string, string])[]): Mutant[] =>
  of(
    `migrations/${file}`,
    'points-ledger/belts.test.ts',
    parts.map(([line, find, replace]) => ({
      ...{ line, find, replace },
      name: 'the tables refuse what the rules exclude, whoever writes it',
    })),
  );

/** The last belt: what the tables themselves refuse. */
export const belts: readonly Mutant[] = [
  ...tables('1767225600100-create-books.ts', [
    ['CHECK of the version of a wallet', 'CHECK (version >= 0)', ''],
    [
      'CHECK of what is available',
      'available BIGINT NOT NULL CHECK (available >= 0)',
      'available BIGINT NOT NULL',
    ],
    ['CHECK of what is held', 'held BIGINT NOT NULL CHECK (held >= 0)', 'held BIGINT NOT NULL'],
    ['CHECK of a debt of a unit', 'debt BIGINT NOT NULL CHECK (debt >= 0)', 'debt BIGINT NOT NULL'],
    [
      'CHECK of a lot',
      `points BIGINT NOT NULL CHECK (points >= 0),
      PRIMARY KEY (wallet_id, expires_on`,
      `points BIGINT NOT NULL,
      PRIMARY KEY (wallet_id, expires_on`,
    ],
    [
      'CHECK of a debt',
      `points BIGINT NOT NULL CHECK (points >= 0),
      PRIMARY KEY (wallet_id, unit`,
      `points BIGINT NOT NULL,
      PRIMARY KEY (wallet_id, unit`,
    ],
    ['CHECK of the state of a hold', "CHECK (state IN ('PLACED', 'CAPTURED', 'RELEASED'))", ''],
    [
      'CHECK that no more is taken back than was accrued',
      'reversed BIGINT NOT NULL CHECK (reversed >= 0),\n      CHECK (reversed <= points))',
      'reversed BIGINT NOT NULL CHECK (reversed >= 0))',
    ],
    [
      'one entry for each version of a wallet',
      'CREATE UNIQUE INDEX points_journal_entry_wallet',
      'CREATE INDEX points_journal_entry_wallet',
    ],
    ['one entry for each id', 'id VARCHAR(64) NOT NULL UNIQUE', 'id VARCHAR(64) NOT NULL'],
    [
      'CHECK of what a hold sets aside',
      'points BIGINT NOT NULL CHECK (points > 0),\n      state',
      'points BIGINT NOT NULL,\n      state',
    ],
    [
      'CHECK of a lot of a hold',
      'points BIGINT NOT NULL CHECK (points > 0),\n      PRIMARY KEY (hold_id',
      'points BIGINT NOT NULL,\n      PRIMARY KEY (hold_id',
    ],
    [
      'CHECK of an accrual',
      'points BIGINT NOT NULL CHECK (points > 0),\n      reversed',
      'points BIGINT NOT NULL,\n      reversed',
    ],
    [
      'CHECK of a part of a return',
      'points BIGINT NOT NULL CHECK (points > 0),\n      PRIMARY KEY (accrual_id',
      'points BIGINT NOT NULL,\n      PRIMARY KEY (accrual_id',
    ],
    [
      'one part of a return for each accrual',
      'PRIMARY KEY (accrual_id, entry_id))',
      'PRIMARY KEY (accrual_id, entry_id, points))',
    ],
    ['one line of a number', 'PRIMARY KEY (seq, line))', 'PRIMARY KEY (seq, line, amount))'],
    ['one block of a height', 'height BIGINT NOT NULL PRIMARY KEY', 'height BIGINT NOT NULL'],
    [
      'one entry of a number',
      'seq BIGINT NOT NULL PRIMARY KEY,\n      shard',
      'seq BIGINT NOT NULL,\n      shard',
    ],
    [
      'one answer for each key of a caller',
      'PRIMARY KEY (scope, command_key))',
      'PRIMARY KEY (scope, command_key, ordinal, block))',
    ],
  ]),
  ...tables('1767225600102-add-expiry.ts', [
    [
      'CHECK of what lapsed',
      'points BIGINT NOT NULL CHECK (points >= 0)',
      'points BIGINT NOT NULL',
    ],
  ]),
  ...tables('1767225600107-add-origins.ts', [
    [
      'CHECK of what is pending',
      'pending BIGINT NOT NULL DEFAULT 0 CHECK (pending >= 0)',
      'pending BIGINT NOT NULL DEFAULT 0',
    ],
    [
      'CHECK that no more is pending than was accrued',
      ' CHECK (pending >= 0 AND pending <= points)',
      '',
    ],
    ['CHECK of the number of freezes', ' CHECK (freezes >= 0)', ''],
    [
      'CHECK that no more is refunded than was burnt',
      `PRIMARY KEY (entry_id, line),
      CHECK (refunded <= points))`,
      'PRIMARY KEY (entry_id, line))',
    ],
    [
      'one entry for each version of the second wallet',
      'CREATE UNIQUE INDEX points_journal_entry_counter',
      'CREATE INDEX points_journal_entry_counter',
    ],
  ]),
  ...of('migrations/1767225600100-create-books.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'one answer for each key of a caller, when two processes race',
      find: 'PRIMARY KEY (scope, command_key))',
      replace: 'PRIMARY KEY (scope, command_key, ordinal, block))',
      name: 'on MariaDB … a key that two processes take for two members',
    },
  ]),
  ...of('domain/commands/accept.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'the lines of an entry add up to zero',
      find: '  assertBalanced(lines.postings);\n',
      replace: '',
      name: 'an entry whose lines do not add up to zero is never booked',
    },
  ]),
  ...of('domain/entry.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'no lot is overdrawn',
      find: "    assert(points >= 0, 'a lot is never overdrawn');\n",
      replace: '',
      name: 'no line takes what is not there',
    },
    {
      line: 'no balance falls below zero',
      find: `    assert(state[field] >= 0, \`\${field} is never negative\`);\n`,
      replace: '',
      name: 'no line takes what is not there',
    },
    {
      line: 'no more debt is paid than there is',
      find: "    assert(points >= 0, 'no more debt is paid than there is');\n",
      replace: '',
      name: 'no line takes what is not there',
    },
    {
      line: 'no more is taken from breakage than lapsed',
      find: "    assert(points >= 0, 'no more is taken from breakage than lapsed');\n",
      replace: '',
      name: 'no line takes what is not there',
    },
  ]),
  ...of('migrations/1767225600102-add-expiry.ts', 'points-ledger/statements.test.ts', [
    {
      line: 'the run of expiry has an index',
      find: "'CREATE INDEX points_lot_expiry ON points_lot (expires_on, wallet_id)',",
      replace: '',
      name: 'D5: neither does what workers and pages ask',
    },
  ]),
  ...of('migrations/1767225600100-create-books.ts', 'points-ledger/statements.test.ts', [
    {
      line: 'accruals are found by their cause',
      find: "  'CREATE INDEX points_accrual_cause ON points_accrual (cause_id)',\n",
      replace: '',
      name: 'D5: no statement of a batch',
    },
  ]),
];

/** The rules of the books. */
export const rules: readonly Mutant[] = [
  ...of('domain/answer.ts', 'points-ledger/books-keys.test.ts', [
    {
      line: 'a key with another command is refused',
      find: 'const isSame = earlier.requestHash === request.requestHash;',
      replace: 'const isSame = true;',
      name: 'a key with another command is refused',
    },
    {
      line: 'refusals are remembered',
      find: '  memory.set(text, {',
      replace: "  if (applied.outcome.status === 'ACCEPTED') memory.set(text, {",
      name: 'what was refused stays refused under its key',
    },
  ]),
  ...of('ledger/run-batch.ts', 'points-ledger/ledger.test.ts', [
    {
      line: 'refusals are written down',
      find: 'if (isNew) answers.push(',
      replace: 'if (isNew && entry !== null) answers.push(',
      name: 'what was refused stays refused under its key',
    },
  ]),
  ...of('domain/spending-plan.ts', 'points-ledger/books.test.ts', [
    {
      line: 'what lapsed is not spent',
      find: '.filter(({ key, points: left }) => left > 0 && isSpendable(key, today)',
      replace:
        '.filter(({ key, points: left }) => left > 0 && (key.expiresOn > 0 || isSpendable(key, today))',
      name: 'an expired lot is never spent',
    },
    {
      line: 'what expires first is spent first',
      find: '    .toSorted((a, b) => compareLots(a.key, b.key));\n  const available',
      replace: '    .toSorted((a, b) => compareLots(b.key, a.key));\n  const available',
      name: 'no lot is spent while one that expires earlier is left',
    },
  ]),
  ...of('domain/commands/spend.ts', 'points-ledger/books.test.ts', [
    {
      line: 'a hold is refused before anything is written',
      find: `  const plan = planOf(wallet, command, moment);
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.held(draw.key, draw.points);
  }`,
      replace: `  const plan = planOf(wallet, command, moment);
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.held(draw.key, draw.points);
  }
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);`,
      name: 'a refused command leaves the books as they were',
    },
    {
      line: 'a hold is resolved at most once',
      find: "return placed.state === 'PLACED' ? null : 'HOLD_RESOLVED';",
      replace: 'return null;',
      name: 'a hold is captured or released whole, at most once',
    },
  ]),
  ...of('domain/commands/spend.ts', 'points-ledger/order.test.ts', [
    {
      line: 'a hold is not captured after its deadline',
      find: "  if (moment.atMs >= placed.expiresMs) return refuse('HOLD_EXPIRED');\n",
      replace: '',
      name: 'D8: holds and lots that ran out do not come back',
    },
  ]),
  ...of('domain/commands/reverse.ts', 'points-ledger/books.test.ts', [
    {
      line: 'no more is taken back than was accrued',
      find: "  if (points > open) return refuse('REVERSAL_EXCEEDS');\n",
      replace: '',
      name: 'returns take back what was accrued and no more',
    },
  ]),
  ...of('domain/take-back.ts', 'points-ledger/books.test.ts', [
    {
      line: 'what a return takes back is counted',
      find: '    part.original.reversed += part.points;\n',
      replace: '',
      name: 'returns take back what was accrued and no more',
    },
  ]),
  ...of('domain/debt.ts', 'points-ledger/books.test.ts', [
    {
      line: 'points that come in pay debts first',
      find: '  if (debts.length === 0) return 0;',
      replace: '  if (debts.length >= 0) return 0;',
      name: 'who owes points has none to spend',
    },
  ]),
  ...of('domain/commands/expire.ts', 'points-ledger/books.test.ts', [
    {
      line: 'nothing lapses before its day',
      find: '.filter(({ key }) => !isSpendable(key, day))',
      replace: '.filter(({ key }) => key.expiresOn > 0)',
      name: 'points lapse once, all that are due and none that are good',
    },
  ]),
];
