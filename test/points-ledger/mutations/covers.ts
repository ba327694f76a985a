import { type Mutant, mutantsIn } from './mutant.ts';

const COVER = 'on SQLite … L10 at the end of its cover an issuer issues no more';
const PAID = 'on SQLite … what others accepted leaves the cover once its issuer has paid';
const FIRST = 'on SQLite … a first cover counts what was issued before it';
const EXACT = 'on SQLite … what is open stays exact though an issuer shows up in one place alone';

/** The cover of an issuer (L10). */
export const covers: readonly Mutant[] = [
  ...mutantsIn('domain/commands/accrue.ts', 'cover', [
    [
      'cover: an accrual stops at it',
      "  if (!mayIssue(books, key, points - owed)) return refuse('ISSUER_CAP_REACHED');\n",
      '',
      COVER,
    ],
    [
      'cover: what pays a debt is not open',
      'mayIssue(books, key, points - owed)',
      'mayIssue(books, key, points)',
      'on SQLite … points that pay a debt to their issuer are not open',
    ],
  ]),
  ...mutantsIn('domain/commands/convert.ts', 'cover', [
    [
      'cover: a conversion stops at it',
      'if (!mayIssue(books, { issuerId, unit: toUnit }, issued - owed)) {',
      'if (issued < owed) {',
      FIRST,
    ],
  ]),
  ...mutantsIn('domain/cover.ts', 'cover', [
    [
      'cover: what its issuer accepts is open no more',
      'ownerId === key.issuerId ? 0 : amount',
      'amount',
      COVER,
    ],
    [
      'cover: what a batch moves is counted',
      'if (cover !== undefined) cover.open += opened(posting);',
      'void cover;',
      COVER,
    ],
  ]),
  ...mutantsIn('ledger/run-batch.ts', 'cover', [
    [
      'cover: a batch reads it',
      '  if (head.covers > 0) await lockCovers(transaction, books, requests);\n',
      '',
      COVER,
    ],
  ]),
  ...mutantsIn('ledger/covers.ts', 'cover-belts', [
    [
      'cover: the lock of a batch',
      `     ORDER BY issuer_id, unit \${dialect.forUpdate}\`,`,
      `     ORDER BY issuer_id, unit \${dialect.forUpdate.slice(99)}\`,`,
      'on MariaDB … what is paid while a batch is under way waits for it',
    ],
    [
      'cover: of who issues by a command',
      "  for (const { command } of requests) if ('issuerId' in command) found.add(command.issuerId);\n",
      '',
      EXACT,
    ],
    [
      'cover: of lots',
      '    for (const { key } of lots.values()) found.add(key.issuerId);\n',
      '',
      EXACT,
    ],
    [
      'cover: of holds',
      '  for (const { lots } of books.holds.values()) for (const { key } of lots) found.add(key.issuerId);\n',
      '',
      EXACT,
    ],
    [
      'cover: of what is given or taken back',
      '    for (const { key } of origins) found.add(key.issuerId);\n',
      '',
      EXACT,
    ],
  ]),
  ...mutantsIn('ledger/covers.ts', 'cover', [
    [
      'cover: a first one counts no own redemptions',
      'AND owner_id <> ?))',
      'AND owner_id <> CONCAT(?, 1)))',
      'on MariaDB … a first cover counts what was issued before it',
    ],
  ]),
  ...mutantsIn('programmes/commands/set-issuer-cover.ts', 'cover', [
    [
      'cover: a first one is counted under the lock of the head',
      'const head = await readHead(manager, dialect.forUpdate);',
      'const head = await readHead(manager);',
      'on MariaDB … a first cover that is set while two processes issue misses nothing',
    ],
    [
      'cover: the head says that there is one',
      "    await execute(manager, 'UPDATE points_chain_head SET covers = covers + 1 WHERE shard = 0');\n",
      '',
      COVER,
    ],
    [
      'cover: what is counted is counted once',
      'sumOpen(manager, issuerId, { from: upTo + 1, to: head.nextSeq - 1 })',
      'sumOpen(manager, issuerId, { from: upTo, to: head.nextSeq - 1 })',
      FIRST,
    ],
    [
      'cover: none below nothing',
      "  if (points < 0) return invalidInput('COVER_NEGATIVE', 'points');\n",
      '',
      FIRST,
    ],
  ]),
  ...mutantsIn('programmes/commands/remove-issuer-cover.ts', 'cover', [
    [
      'cover: the head says that one was taken away',
      "  await execute(manager, 'UPDATE points_chain_head SET covers = covers - 1 WHERE shard = 0');\n",
      '',
      'on SQLite … a cover that is taken away binds no more',
    ],
    [
      'cover: that it was taken away is said',
      '  await addVersion(work, { issuerId, unit, covered: null });\n',
      '',
      'on SQLite … a cover that is taken away binds no more',
    ],
  ]),
  ...mutantsIn('programmes/queries/verify-covers.ts', 'cover', [
    [
      'verify: none is missing that was not taken away',
      'if (isRemoval(own.at(-1)) && isGapless(own)) continue;',
      'if (isGapless(own)) continue;',
      'on SQLite … a removal that is forged, or taken back past the ledger, is found out',
    ],
  ]),
  ...mutantsIn('programmes/commands/set-issuer-cover.ts', 'cover-belts', [
    [
      'cover: what was paid before is not open',
      ' - settled;',
      ' - 0 * settled;',
      'on SQLite … what was paid is not open when a cover is set again',
    ],
  ]),
  ...mutantsIn('programmes/commands/settle-covers.ts', 'cover', [
    [
      'cover: only what was paid leaves it',
      "           AND payment.state <> 'SETTLED')",
      "           AND payment.state = 'NONE')",
      PAID,
    ],
    [
      'cover: a cycle leaves it once',
      '         WHERE settled.cycle_id = cycle.id AND settled.issuer_id = issuer.issuer_id)',
      "         WHERE settled.cycle_id = 'none')",
      PAID,
    ],
  ]),
  ...mutantsIn('programmes/commands/settle-covers.ts', 'cover-belts', [
    [
      'cover: the lock of what is paid',
      `WHERE issuer_id = ? ORDER BY unit \${dialect.forUpdate}\``,
      `WHERE issuer_id = ? ORDER BY unit \${dialect.forUpdate.slice(99)}\``,
      'on MariaDB … a batch waits for what is being paid',
    ],
  ]),
];
