import { type Mutant, mutantsIn } from './mutant.ts';

const FAMILY =
  'on SQLite … S36: where the issuer allows it, points go to family and to nobody else';
const REGISTERED = 'on SQLite … TV12: at most eight transferees';
const TRANSFER = 'on SQLite … a transfer that cannot be is refused';
const POOL =
  'on SQLite … only members of the family pool and spend, and what cannot be changes nothing';
const CAP = 'on SQLite … P11: nobody spends more than her cap in a calendar month';
const MERGED = 'a wallet that was merged is neither frozen nor given anything';
const FULL = 'points that the other side could no longer count stay where they are';

/** Points that go to others: who allows it, to whom, whose they are in a pool, and who is told. */
export const sharing: readonly Mutant[] = [
  ...mutantsIn('domain/commands/transfer.ts', 'transfers', [
    [
      'transfer: not to oneself',
      "  if (walletId === counterWalletId) return 'TRANSFER_TO_SELF';\n",
      '',
      TRANSFER,
    ],
    [
      'transfer: neither to a pool nor out of one',
      "  if (isPool(walletId) || isPool(counterWalletId)) return 'POOL_WALLET';\n",
      '',
      TRANSFER,
    ],
    [
      'transfer: not where the issuer allows none',
      "if (programme === undefined || programme.transfer === 'NONE') return 'NOT_TRANSFERABLE';",
      "if (programme === undefined) return 'NOT_TRANSFERABLE';",
      'on SQLite … S37: points of an issuer that said nothing cannot be passed on',
    ],
    [
      'transfer: to family alone',
      "if (own === undefined || own.poolId !== others?.poolId) return 'NOT_FAMILY';",
      "if (own === undefined || others === undefined) return 'NOT_FAMILY';",
      FAMILY,
    ],
    [
      'transfer: to those who are registered alone',
      "    if (since === undefined) return 'NOT_TRANSFEREE';\n",
      '    since ??= 0;\n',
      REGISTERED,
    ],
    [
      'transfer: not before its day',
      "return today < addDays(since, programme.effectiveAfterDays) ? 'TRANSFEREE_NOT_YET' : null;",
      'return null;',
      REGISTERED,
    ],
    [
      'transfer: only points whose issuer allows it',
      'lots.filter(({ key }) => verdicts.get(key.issuerId) === null)',
      'lots',
      'on SQLite … only points of issuers that allow it move',
    ],
  ]),
  ...mutantsIn('domain/commands/transfer.ts', 'command-belts', [
    [
      'transfer: nothing goes to a wallet that was merged',
      "  if (walletOf(books, counterWalletId).mergedInto !== null) return 'WALLET_MERGED';\n",
      '',
      MERGED,
    ],
    [
      'transfer: nothing leaves a frozen wallet',
      'return refuseUse(walletOf(books, walletId));',
      'return null;',
      'nothing is given away out of a frozen wallet',
    ],
    [
      'transfer: no more points than the other can count',
      "  if (plan.draws.some(({ key }) => !hasRoom(other, key, points))) return refuse('POINTS_OVERFLOW');\n",
      '',
      FULL,
    ],
  ]),
  ...mutantsIn('domain/commands/pool.ts', 'pools', [
    [
      'pool: from a member into a pool',
      "  if (isPool(walletId) || !isPool(counterWalletId)) return 'POOL_WALLET';\n",
      '',
      POOL,
    ],
    [
      "pool: into one's own family's alone",
      "  if (memberships.get(walletId)?.poolId !== counterWalletId) return 'NOT_IN_FAMILY';\n",
      '',
      POOL,
    ],
    [
      'pool: only points whose issuer allows a transfer',
      "return transfer !== 'NONE';",
      'return true;',
      POOL,
    ],
    [
      'pool: from a pool to a member',
      "  if (!isPool(command.walletId) || isPool(command.counterWalletId)) return refuse('POOL_WALLET');\n",
      '',
      POOL,
    ],
    [
      'pool: everybody takes back her own alone',
      '.filter(({ key }) => key.contributor === command.counterWalletId)',
      '.filter(({ key }) => key.contributor !== member.id.repeat(9))',
      'on SQLite … a member takes back what she put there, and never what others did',
    ],
    [
      'pool: only the family spends',
      'if (actorId === undefined || memberships.get(actorId)?.poolId !== walletId) {',
      'if (actorId === undefined) {',
      POOL,
    ],
    [
      'pool: nobody spends beyond her cap',
      "return BigInt(spent) + BigInt(points) > BigInt(cap.points) ? 'SPENDING_CAP_EXCEEDED' : null;",
      'return spent < 0 ? null : null;',
      CAP,
    ],
  ]),
  ...mutantsIn('domain/commands/pool.ts', 'command-belts', [
    [
      'pool: nothing leaves a frozen wallet for it',
      '    const refused = refuseUse(wallet);\n    if (refused !== null) return refused;\n  }\n  return null;',
      '    void refuseUse(wallet);\n  }\n  return null;',
      'nothing is given away out of a frozen wallet',
    ],
    [
      'pool: nothing leaves a frozen pool',
      '  const refused = refuseUse(pool);\n',
      '  const refused = pool.freezes < 0 ? refuseUse(pool) : null;\n',
      'nothing is given away out of a frozen wallet',
    ],
    [
      'pool: who is frozen spends nothing of it',
      'actor === undefined ? null : refuseUse(actor);',
      'actor === undefined ? null : null;',
      'nothing is given away out of a frozen wallet',
    ],
    [
      'pool: no more points than it can count',
      "  if (plan.draws.some(({ key }) => !hasRoom(pool, key, points))) return refuse('POINTS_OVERFLOW');\n",
      '',
      FULL,
    ],
    [
      'pool: no more points back than she can count',
      "  if (draws.some(({ key }) => !hasRoom(member, key, points))) return refuse('POINTS_OVERFLOW');\n",
      '',
      FULL,
    ],
  ]),
  ...mutantsIn('domain/commands/spend.ts', 'command-belts', [
    [
      'cap: what one batch burns counts at once',
      '  countAsSpent(books, { ...command, actorId, month: monthOf(moment.today) });\n',
      '',
      'what is spent and released in one batch counts towards a cap',
    ],
    [
      'cap: what one batch holds counts at once',
      '  countAsSpent(books, placed);\n',
      '',
      'what is spent and released in one batch counts towards a cap',
    ],
    [
      'cap: what one batch releases makes room at once',
      '  countAsSpent(books, { ...placed, points: 0 - placed.points });\n',
      '',
      'what is spent and released in one batch counts towards a cap',
    ],
  ]),
  ...mutantsIn('ledger/read-registers.ts', 'pools', [
    [
      'cap: a month on the calendar of the alliance',
      'const ZONE_MS = 8 *',
      'const ZONE_MS = 0 *',
      CAP,
    ],
  ]),
  ...mutantsIn('ledger/read-registers.ts', 'transfers', [
    [
      'family: who left is none any more',
      ' AND left_ms IS NULL',
      '',
      'on SQLite … who left the family is none any more',
    ],
  ]),
  ...mutantsIn('sharing/follow-families.ts', 'sharing-belts', [
    [
      'family: an event that comes late changes nothing',
      '`UPDATE points_family_member SET since_ms = ?, left_ms = NULL, position = ?\n     WHERE pool_id = ? AND member_id = ? AND position < ?`',
      '`UPDATE points_family_member SET since_ms = ?, left_ms = NULL, position = ?\n     WHERE pool_id = ? AND member_id = ? AND 0 < ?`',
      'on SQLite … events of families that come again page by page',
    ],
    [
      'family: changes wait for the wallets that they concern',
      `  await lockWallets(
    transaction,
    changes.flatMap(({ memberId, poolId }) => [memberId, poolId]),
  );
`,
      '',
      'on MariaDB … a batch that reads registers is before a change of them or after it: who leaves',
    ],
  ]),
  ...mutantsIn('sharing/commands/set-spending-cap.ts', 'sharing-belts', [
    [
      'cap: a change waits for the pool',
      '  await lockWallets(work, [poolId]);\n',
      '',
      'on MariaDB … a batch that reads registers is before a change of them or after it: a cap',
    ],
  ]),
  ...mutantsIn('sharing/commands/set-spending-cap.ts', 'sharing-belts', [
    [
      'cap: set by members and the operator alone',
      "  if (!hasRole(caller, 'OPERATOR') && caller.subject !== 'service:members') {\n    throw fault('FORBIDDEN');\n  }\n",
      '',
      'on SQLite … nobody but members and the operator sets a cap',
    ],
  ]),
  ...mutantsIn('sharing/commands/transferees.ts', 'sharing-belts', [
    [
      'transferee: a removal waits for the wallet',
      '  await lockWallets(work, [walletId]);\n\n  // From here',
      '  // From here',
      'on MariaDB … a batch that reads registers is before a change of them or after it: who is struck',
    ],
    [
      'transferee: two at once are counted one after the other',
      `  await lockWallets(work, [walletId]);
  const [programme] = await manager.query<Record<string, string>[]>(
    \`SELECT transfer, transferees_max FROM points_programme
     WHERE unit = ? AND issuer_id = ? \${dialect.forUpdate}\`,`,
      `  const [programme] = await manager.query<Record<string, string>[]>(
    \`SELECT transfer, transferees_max FROM points_programme
     WHERE unit = ? AND issuer_id = ? \${dialect.forUpdate.slice(99)}\`,`,
      'on MariaDB … of two who are registered at once for the last place one is',
    ],
  ]),
  ...mutantsIn('sharing/commands/transferees.ts', 'transfers', [
    [
      'transferee: no more than the programme allows',
      'if (!isKnown && others.length >= max) {',
      'if (!isKnown && others.length < 0) {',
      REGISTERED,
    ],
    [
      'transferee: somebody else',
      'walletId !== otherId && !isPool(walletId)',
      '!isPool(walletId)',
      'on SQLite … only the operator and merchants say what an issuer allows',
    ],
  ]),
  ...mutantsIn('sharing/resolvers.ts', 'transfers', [
    [
      'programme: set by merchants and the operator alone',
      "      if (!hasRole(caller, 'OPERATOR') && caller.subject !== 'service:merchants') {\n        throw fault('FORBIDDEN');\n      }\n",
      '',
      'on SQLite … only the operator and merchants say what an issuer allows',
    ],
  ]),
  ...mutantsIn('sharing/move-points.ts', 'transfers', [
    [
      'moves: no more than so many a day',
      'if (await hasMovedEnough(',
      "if (key === '' && await hasMovedEnough(",
      'on SQLite … after two hundred entries of a day',
    ],
    [
      'transfer: nobody gives for somebody else',
      "  if (caller.memberId !== memberId) throw fault('FORBIDDEN');\n",
      '',
      'on SQLite … a member gives points herself, and nobody does it for her',
    ],
    [
      'transfer: the key is of the caller',
      'post([{ scope, key, requestHash, command }])',
      `post([{ scope, key: \`\${key}\${Math.random()}\`, requestHash, command }])`,
      'on SQLite … a member gives points herself, and nobody does it for her',
    ],
  ]),
  ...mutantsIn('sharing/return-shares.ts', 'pools', [
    [
      'share: who is of the family keeps hers there',
      'family.left_ms > 0 AND ',
      '',
      'on SQLite … S35: who leaves gets what nobody spent of hers, and nothing else',
    ],
  ]),
  ...mutantsIn('sharing/visibility.ts', 'pools', [
    [
      'pool: its family sees it and nobody else',
      'return pools.some(({ poolId }) => poolId === walletId);',
      'return pools.length >= 0;',
      'on SQLite … a member pools and takes back herself; her family sees the pool and nobody else does',
    ],
    [
      'transfer: the lines of the other are not told',
      '    isMerchants(account) ? seesOther : visible.has(ownerId),\n',
      '    isMerchants(account) ? seesOther : visible.size >= 0,\n',
      'on SQLite … who gives points does not learn what the other one owed',
    ],
  ]),
  ...mutantsIn('ledger/read-registers.ts', 'sharing-belts', [
    [
      'cap: what was released counts no more',
      "\n         AND COALESCE(hold.state, '') <> 'RELEASED'",
      '',
      'on SQLite … what is released from a pool makes room under a cap again',
    ],
  ]),
  ...mutantsIn('sharing/commands/transferees.ts', 'sharing-belts', [
    [
      'transferee: only where the issuer asks for it',
      "  if (programme?.transfer !== 'REGISTERED') return refused('NotTransferable', 'NOT_TRANSFERABLE');\n",
      "  if (programme === undefined) return refused('NotTransferable', 'NOT_TRANSFERABLE');\n",
      'on SQLite … nobody is registered where the issuer asks for something else',
    ],
  ]),
  ...mutantsIn('sharing/return-shares.ts', 'sharing-belts', [
    [
      'share: each time is one of its own',
      `\\n\${row.version}\`)`,
      '`)',
      'on SQLite … what comes back to a pool later follows who left, each time',
    ],
  ]),
  ...mutantsIn('sharing/visibility.ts', 'sharing-belts', [
    [
      'transfer: no proof in words that tell what the other owed',
      'return seen.every(Boolean);',
      'return seen.length >= 0;',
      'on SQLite … no proof tells who gave points that the other one owed some',
    ],
  ]),
];
