import { type Mutant, mutantsIn } from './mutant.ts';

/** What each command of a single wallet refuses, and what it keeps count of. */

const coming: readonly Mutant[] = [
  ...mutantsIn('domain/commands/accrue.ts', 'refusals', [
    [
      'accrue: points that have lapsed are not promised',
      "  if (!isSpendable(key, moment.today)) return refuse('INVALID_COMMAND');\n",
      '',
      'on SQLite … points that lapsed already',
    ],
    [
      'accrue: no more points than can be counted',
      "  if (!hasRoom(wallet, key, points)) return refuse('POINTS_OVERFLOW');\n",
      '',
      'on SQLite … more than can be counted',
    ],
    [
      'vest: what was promised for a day not before it',
      "  if (accrual.vestsOn !== null && accrual.vestsOn > moment.today) return refuse('VESTS_LATER');\n",
      '',
      'on SQLite … points of a day to come',
    ],
    [
      'vest: only points of the wallet that asks',
      "  if (ownerOf(books, accrual.walletId) !== wallet.id) return refuse('NOTHING_TO_VEST');\n",
      '  void ownerOf;\n',
      "on SQLite … another member's pending points",
    ],
  ]),
  ...mutantsIn('domain/commands/accrue.ts', 'vesting', [
    [
      'accrue: what lapses before it vests is not promised',
      "  if (typeof vestsOn === 'number' && vestsOn >= expiresOn) return refuse('INVALID_COMMAND');\n",
      '',
      'points that would lapse before they vest are not promised',
    ],
    [
      'accrue: what is pending cannot be spent',
      '  if (isPending) {\n',
      '  if (isPending && points < 0) {\n',
      'points that vest later are promised at once',
    ],
    [
      'vest: what vested is pending no more',
      '  accrual.pending = 0;\n',
      '',
      'on SQLite … points that vest by event wait for it for years, and vest once',
    ],
  ]),
  ...mutantsIn('domain/commands/accrue.ts', 'scopes', [
    [
      'accrue: what is good for one thing only pays no debt',
      "paid = useScope === '' ? payDebts(wallet, lines, key, points) : 0;",
      'paid = payDebts(wallet, lines, key, points);',
      'on SQLite … S21 points for one reward pay no debt',
    ],
  ]),
  ...mutantsIn('domain/debt.ts', 'refund-rules', [
    [
      'points that come in: what has lapsed pays no debt',
      "const mayPay = key.useScope === '' && isSpendable(key, today);",
      "const mayPay = key.useScope === '';",
      'those that have lapsed pay none',
    ],
  ]),
  ...mutantsIn('domain/commands/refund.ts', 'refusals', [
    [
      'refund: no more is given back than was burnt',
      "  if (points > open) return refuse('REFUND_EXCEEDS');\n",
      '',
      'on SQLite … a refund of more than is left',
    ],
    [
      'refund: only to who paid',
      'ownerOf(books, walletId) === wallet.id && ',
      '',
      'on SQLite … a refund to another member',
    ],
  ]),
  ...mutantsIn('domain/commands/refund.ts', 'refund-rules', [
    [
      'refund: what is given back is counted',
      '    part.refunded += back;\n',
      '',
      'what is given back was burnt',
    ],
    [
      'refund: no more points than can be counted',
      "  if (burnt.some(({ key }) => !hasRoom(wallet, key, points))) return refuse('POINTS_OVERFLOW');\n",
      '',
      'points that would no longer be countable are not given back',
    ],
    [
      'refund: a promise of some months shortens nothing',
      'return Math.max(expiresOn, addMonths(today, goodForMonths));',
      'return addMonths(today, goodForMonths);',
      'a promise of some months shortens nothing',
    ],
  ]),
  ...mutantsIn('domain/commands/extend.ts', 'refusals', [
    [
      'extend: nothing gets a shorter life',
      "  if (toExpiresOn <= command.expiresOn) return refuse('SHORTENS_EXPIRY');\n",
      '',
      'on SQLite … a shorter life',
    ],
    [
      'extend: not to a day that has come',
      "  if (toExpiresOn <= moment.today) return refuse('INVALID_COMMAND');\n",
      '',
      'on SQLite … a longer one that is over',
    ],
  ]),
  ...mutantsIn('domain/commands/extend.ts', 'extend', [
    [
      'extend: no more points than can be counted',
      "  if (lapsed.some(({ key }) => !hasRoom(wallet, key, back))) return refuse('POINTS_OVERFLOW');\n",
      '',
      'not extended when they could no longer be counted',
    ],
  ]),
];

const going: readonly Mutant[] = [
  ...mutantsIn('domain/spending-plan.ts', 'scopes', [
    [
      'what is good for one thing only pays for nothing else',
      "useScope === '' || scopes.includes(useScope);",
      "useScope === '' || scopes.length >= 0;",
      'on SQLite … S21 points for one reward pay for it and for nothing else',
    ],
  ]),
  ...mutantsIn('domain/commands/accept.ts', 'refusals', [
    [
      'nothing leaves a wallet that was merged',
      "  if (wallet.mergedInto !== null) return 'WALLET_MERGED';\n",
      '',
      'on SQLite … points of a merged wallet',
    ],
  ]),
  ...mutantsIn('domain/commands/accept.ts', 'freeze', [
    [
      'nothing leaves a wallet that is frozen',
      "return wallet.freezes > 0 ? 'WALLET_FROZEN' : null;",
      'return null;',
      'P12: with any freeze open no debit posts',
    ],
  ]),
  ...mutantsIn('domain/commands/spend.ts', 'refusals', [
    [
      'burn: no more than there is',
      `  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.redeemed(`,
      `  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    lines.redeemed(`,
      'on SQLite … more points than there are',
    ],
    [
      'hold: a name is used once',
      "  if (books.holds.has(holdId)) return refuse('INVALID_COMMAND');\n",
      '',
      'on SQLite … a hold that is there',
    ],
    [
      "capture and release: not another member's hold",
      "if (placed === undefined || placed.walletId !== wallet.id) return 'HOLD_NOT_FOUND';",
      "if (placed === undefined) return 'HOLD_NOT_FOUND';",
      "on SQLite … another member's hold",
    ],
  ]),
  ...mutantsIn('domain/commands/reverse.ts', 'refusals', [
    [
      'reverse: only what the wallet was granted',
      '      ownerOf(books, accrual.walletId) === wallet.id &&\n',
      '',
      'on SQLite … a return by another member',
    ],
    [
      'reverse: only of the issuer that is named',
      '      accrual.key.issuerId === issuerId &&\n',
      '',
      'on SQLite … a return to another merchant',
    ],
    [
      'reverse: only of the line that is named',
      '(causeLine === undefined || accrual.causeLine === causeLine)',
      'causeLine !== 0',
      'on SQLite … a return of another line',
    ],
  ]),
  ...mutantsIn('domain/commands/reverse.ts', 'command-belts', [
    [
      'reverse: no more debt than can be counted',
      'if (BigInt(owed) + BigInt(points) > BigInt(Number.MAX_SAFE_INTEGER)) {',
      'if (owed < 0) {',
      'debts that could no longer be counted',
    ],
  ]),
  ...mutantsIn('domain/commands/expire.ts', 'books', [
    [
      'expire: not before the day has come',
      "  if (day > moment.today) return refuse('INVALID_COMMAND');\n",
      '',
      'P8: whether and when runs of expiry happen',
    ],
  ]),
  ...mutantsIn('domain/commands/expire.ts', 'freeze', [
    [
      'expire: nothing lapses for good while it is frozen',
      "  if (wallet.freezes > 0) return refuse('WALLET_FROZEN');\n",
      '',
      'on SQLite … an unfounded freeze gives back the days',
    ],
  ]),
  ...mutantsIn('domain/commands/expire.ts', 'refund-rules', [
    [
      'expire: breakage stays countable',
      "  if (!isCountable) return refuse('POINTS_OVERFLOW');\n",
      '',
      'points that are given back and lapse again and again stay countable',
    ],
  ]),
];

/** What is not well formed is refused before anything is read. */
const form: readonly Mutant[] = [
  ...mutantsIn('commands/read-command.ts', 'refusals', [
    [
      'form: a number of points is above zero',
      "typeof value === 'number' && value >= 1;",
      "typeof value === 'number';",
      'on SQLite … fewer than no points',
    ],
    [
      'form: names have no spaces around them',
      ' && text.trim() === text;',
      ';',
      'on SQLite … a wallet with a space behind',
    ],
    [
      'form: names fit into their columns',
      'text.length >= 1 && text.length <= max',
      'text.length >= 1',
      'on SQLite … an id that no column takes',
    ],
    ['form: a hold ends', ' || holdMinutes > HOLD_MINUTES_MAX', '', 'on SQLite … a hold for years'],
    [
      'form: no price is below nothing',
      "typeof priceMinor !== 'number' || priceMinor < 0",
      "typeof priceMinor !== 'number'",
      'on SQLite … a price below nothing',
    ],
    [
      'form: points vest by day or by event',
      '  if (vestsOn && vestsOnEvent) return null;\n',
      '',
      'on SQLite … two ways to vest',
    ],
    [
      'form: scopes are few',
      '  if (named.length > SCOPES_MAX) return null;\n',
      '',
      'on SQLite … more scopes than a reward has',
    ],
    [
      'form: an extension is of some days, and not of decades',
      '  if (days < 1 || days > EXTEND_DAYS_MAX) return null;\n',
      '',
      'on SQLite … one by decades',
    ],
    [
      'form: points that lapse are promised for no months',
      "return isPlain ? { ...common, kind: 'REFUND', refundsId, extendDays: null } : null;",
      "return { ...common, kind: 'REFUND', refundsId, extendDays: null };",
      'on SQLite … points that lapse and are good for months',
    ],
  ]),
  ...mutantsIn('commands/read-command.ts', 'no-money', [
    [
      'form: no points are of a currency',
      ' || isCurrency(unit)',
      '',
      'on SQLite … no points are of the unit',
    ],
  ]),
];

export const commands: readonly Mutant[] = [...coming, ...going, ...form];
