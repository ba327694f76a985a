import { type Mutant, mutantsIn } from './mutant.ts';

const RATE = 'on SQLite … a rate is never changed: a later version follows it';
const OWN = 'on SQLite … one key converts once; with other input it is refused; nobody converts';
const ROWS = 'on SQLite … a dry run tells what is wrong with each row and keeps nothing';
const TOTALS = 'on SQLite … nothing is booked until the totals agree';

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
  ...mutantsIn('programmes/commands/decide-import.ts', 'import-balances', [
    [
      'import: approved by a second person',
      '  if (found.statedBy === caller.subject) return secondPersonNeeded();\n',
      '',
      'on SQLite … nobody approves what she stated',
    ],
    [
      'import: nothing is approved that was not stated, or was rejected',
      "  if (found.state !== 'STATED') return refused('ImportNotStated', 'IMPORT_NOT_STATED');\n",
      '',
      'on SQLite … an import that was rejected is never booked',
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

export const programmes: readonly Mutant[] = [...conversions, ...imports];
