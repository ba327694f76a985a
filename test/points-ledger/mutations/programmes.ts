import { type Mutant, mutantsIn } from './mutant.ts';

const COVER = 'on SQLite … L10 at the end of its cover an issuer issues no more';
const PAID = 'on SQLite … what others accepted leaves the cover once its issuer has paid';
const FIRST = 'on SQLite … a first cover counts what was issued before it';
const EXACT = 'on SQLite … what is open stays exact though an issuer shows up in one place alone';
const RATE = 'on SQLite … a rate is never changed: a later version follows it';
const OWN = 'on SQLite … one key converts once; with other input it is refused; nobody converts';
const ROWS = 'on SQLite … a dry run tells what is wrong with each row and keeps nothing';
const TOTALS = 'on SQLite … nothing is booked until the totals agree';

const covers: readonly Mutant[] = [
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
  ...mutantsIn('commands/for-merchant.ts', 'unknown-parties', [
    [
      'nothing is said of a merchant that is not there',
      "  if (!(await isMerchant(context, input[field]))) return invalidInput('MERCHANT_UNKNOWN', field);\n",
      '',
      'on SQLite … is refused for a merchant that there is not',
    ],
  ]),
  ...mutantsIn('commands/for-members.ts', 'unknown-parties', [
    [
      'nothing is said of a member that is not there',
      '!statuses.has(input[name])',
      'false',
      'on SQLite … proposeMerge is refused for a member that there is not',
    ],
    [
      'nothing new is for a member who has left',
      "statuses.get(input[name]) !== 'ACTIVE'",
      'false',
      'on SQLite … none into it',
    ],
  ]),
  ...mutantsIn('commands/check-unit.ts', 'unknown-parties', [
    [
      'no unit is money',
      'isCurrency(unit)',
      'isCurrency(unit) && false',
      'on SQLite … is refused for money',
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

const conversions: readonly Mutant[] = [
  ...mutantsIn('programmes/commands/set-conversion-rate.ts', 'convert', [
    [
      'rate: nobody gains points on a round trip',
      "  if (allowsGain(known, asked)) return refused('RateAllowsGain', 'RATE_ALLOWS_GAIN');\n",
      '',
      'on SQLite … a rate by which a round trip gains is refused',
    ],
    [
      'rate: two at once are compared with each other',
      '  await lockIssuer(work, asked.issuerId);\n',
      '',
      'on MariaDB … of two rates set at once that together allow a gain only one is set',
    ],
    [
      'rate: not before the last one',
      'asked.effectiveOn < last.effectiveOn',
      'asked.effectiveOn < 0',
      RATE,
    ],
    [
      'rate: not in the past',
      "  if (from < today) return invalidInput('RATE_IN_THE_PAST', 'effectiveOn');\n",
      '',
      RATE,
    ],
  ]),
  ...mutantsIn('programmes/commands/set-conversion-rate.ts', 'no-money', [
    [
      'rate: nothing becomes money',
      "checkUnit('toUnit', toUnit)",
      "checkKey('toUnit', toUnit, ID_MAX)",
      'on SQLite … no points are of the unit',
    ],
  ]),
  ...mutantsIn('programmes/domain/gain.ts', 'command-belts', [
    [
      'rate: a round trip may go through other units',
      '    if (isSettled) break;\n',
      '    break;\n',
      'a round trip gains in whatever order its rates were set',
    ],
  ]),
  ...mutantsIn('domain/conversion.ts', 'convert', [
    [
      'convert: not what lapsed or is good for one thing only',
      "isSpendable(key, today) && key.useScope === ''",
      'isSpendable(key, today)',
      'on SQLite … only issuers with a rate convert, and nothing that is good for one thing only',
    ],
    [
      'convert: the rate of the day',
      'versions.findLast(({ effectiveOn }) => effectiveOn <= today)',
      'versions.findLast(({ effectiveOn }) => effectiveOn > 0)',
      RATE,
    ],
    [
      'convert: what does not divide stays',
      'taken: Number(steps * step),',
      'taken: points,',
      'on SQLite … S33 points become points of another unit of their issuer, exactly',
    ],
  ]),
  ...mutantsIn('domain/conversion.ts', 'convert-random', [
    [
      'convert: nobody gains money',
      'if (was.currency === says.currency && !isDearer) return',
      'if (was.currency === says.currency) return',
      'no sequence of conversions, at whatever rates were set meanwhile, gains points or money',
    ],
  ]),
  ...mutantsIn('domain/commands/convert.ts', 'convert', [
    [
      'convert: no more than there is',
      "  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);\n",
      '',
      'on SQLite … only issuers with a rate convert',
    ],
  ]),
  ...mutantsIn('domain/commands/convert.ts', 'convert-random', [
    [
      'convert: no more than can be counted',
      "  if (plan.overflows) return refuse('POINTS_OVERFLOW');\n",
      '',
      'numbers beyond what can be counted are refused',
    ],
  ]),
  ...mutantsIn('domain/commands/convert.ts', 'command-belts', [
    [
      'convert: no more than there is room for',
      "  if (!conversions.every(({ to }) => hasRoom(wallet, to.key, got)))\n    return refuse('POINTS_OVERFLOW');\n",
      '',
      'nothing is converted into more points than can be counted',
    ],
    [
      'convert: nothing of a frozen wallet',
      '  if (refused !== null) return refuse(refused);\n  if (unit',
      '  void refused;\n  if (unit',
      'nothing is given away out of a frozen wallet',
    ],
    [
      'convert: nothing of a pool',
      "  if (isPool(wallet.id)) return refuse('POOL_WALLET');\n",
      '',
      'nothing of a pool is converted',
    ],
  ]),
  ...mutantsIn('programmes/commands/convert-points.ts', 'convert', [
    [
      'convert: nobody for somebody else',
      "  if (!actsForMember(caller, memberId)) throw fault('FORBIDDEN');\n",
      '',
      OWN,
    ],
    [
      'convert: one key, one conversion',
      `key: \`convertPoints:\${key}\``,
      `key: \`convertPoints:\${Math.random()}\``,
      OWN,
    ],
    [
      'convert: a key with other input is refused',
      'requestHash: inputHash(input), command }',
      "requestHash: 'same', command }",
      OWN,
    ],
  ]),
];

const imports: readonly Mutant[] = [
  ...mutantsIn('programmes/commands/import-balances.ts', 'import-balances', [
    [
      'import: nothing is booked before it is reconciled',
      'if (stated != null && !isAsStated(totals, stated)) {',
      'if (stated != null && totals.rows < 0) {',
      TOTALS,
    ],
    [
      'import: what it costs is reconciled too',
      ' &&\n    owed(totals.liability) === owed(stated.liability)',
      '',
      TOTALS,
    ],
    [
      'import: closed when it is complete',
      "  if (found !== null && found.state !== 'OPEN') return refused('ImportClosed', 'IMPORT_CLOSED');\n",
      '',
      'on SQLite … a programme joins with its balances',
    ],
    [
      'import: of one issuer and unit',
      'if (found !== null && (found.issuerId !== issuerId || found.unit !== unit)) {',
      'if (found !== null && found.id !== importId) {',
      TOTALS,
    ],
    [
      'import: a dry run keeps nothing',
      'if (!input.dryRun) return context.run',
      'if (members) return context.run',
      ROWS,
    ],
  ]),
  ...mutantsIn('programmes/commands/book-imports.ts', 'import-balances', [
    [
      'import: each row is booked once, however often it is tried',
      `key: \`import:\${id}:\${line}\``,
      `key: \`import:\${id}:\${line}:\${Math.random()}\``,
      'on SQLite … whoever is killed between booking a page and writing that down',
    ],
    [
      'import: what the books refuse is told',
      "outcome.status === 'ACCEPTED' ? 'BOOKED' : 'REFUSED'",
      "outcome.status === 'NONE' ? 'REFUSED' : 'BOOKED'",
      'on SQLite … a row that the books refuse is told of',
    ],
  ]),
  ...mutantsIn('programmes/domain/opening-balance.ts', 'import-balances', [
    [
      'import: only of members',
      "    else if (!members.has(row.memberId)) refuse(line, 'MEMBER_UNKNOWN');\n",
      '',
      ROWS,
    ],
    [
      'import: each row once',
      "    else if (fresh.has(line)) refuse(line, 'ROW_TWICE');\n",
      '',
      ROWS,
    ],
    [
      'import: each balance once',
      "} else if (texts.has(balanceText(row))) refuse(line, 'BALANCE_TWICE');",
      "} else if (line < 0) refuse(line, 'BALANCE_TWICE');",
      ROWS,
    ],
    [
      'import: nothing that has lapsed',
      "  if (day <= today) return wrong('ALREADY_EXPIRED');\n",
      '',
      ROWS,
    ],
    [
      'import: a row that is given again says the same',
      "else refuse(line, 'ROW_DIFFERS');",
      'else unchanged += 1;',
      TOTALS,
    ],
  ]),
];

export const programmes: readonly Mutant[] = [...covers, ...conversions, ...imports];
