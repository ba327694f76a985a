import { expect, test } from 'vitest';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { PointsCommand } from '../../../subgraphs/points-ledger/domain/command.ts';
import { createLedger } from '../../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { verifyBooks } from '../../../subgraphs/points-ledger/queries/verify-books.ts';
import { engines } from '../../support/engines.ts';
import { openBooks } from '../books-world.ts';
import { forbidden } from './rules.ts';
import { prepare } from './terms.ts';

const COMMANDS = 10;
const common = { unit: 'ALLIANCE', causeKind: 'GIFT', causeId: 'g', ruleVersion: null };
const terms = { issuerId: 'merchant-1', expiresOn: 99991231, priceClass: '80/100 CNY' } as const;
const { unit: _, ...bare } = common;
const ofMerge = { ...bare, kind: 'MERGE' as const };
const spend = { walletId: 'pool:f1', points: 401, acceptorId: 'merchant-5' };

/** What the registers of a crash run forbid, and by what change of them it gets through all the same. */
const cases: readonly (readonly [string, string, PointsCommand])[] = [
  [
    'open of',
    'UPDATE points_cover SET covered = 1000000',
    { ...common, ...terms, kind: 'ACCRUE', walletId: 'wallet-9', points: 100 },
  ],
  [
    'whom their issuer forbids',
    "UPDATE points_family_member SET pool_id = 'pool:f2' WHERE member_id = 'wallet-9'",
    { ...common, kind: 'TRANSFER', walletId: 'wallet-5', counterWalletId: 'wallet-9', points: 1 },
  ],
  [
    'pooled what may not be',
    'UPDATE points_programme SET version = 2',
    { ...common, kind: 'CONTRIBUTE', walletId: 'wallet-9', counterWalletId: 'pool:f2', points: 1 },
  ],
  [
    'spent 401 of at most 400',
    'DELETE FROM points_spending_cap',
    { ...common, ...spend, kind: 'BURN', actorId: 'wallet-1' },
  ],
  [
    'spent by a stranger',
    "UPDATE points_family_member SET pool_id = 'pool:f1' WHERE member_id = 'wallet-9'",
    {
      ...common,
      ...spend,
      kind: 'HOLD',
      holdId: 'h',
      holdMinutes: 9,
      points: 1,
      actorId: 'wallet-9',
    },
  ],
  [
    'moved points of a frozen wallet',
    "UPDATE points_wallet SET freezes = 0 WHERE id = 'wallet-2'",
    { ...common, kind: 'BURN', walletId: 'wallet-2', points: 1, acceptorId: 'merchant-5' },
  ],
  [
    'merged a frozen wallet',
    "UPDATE points_wallet SET freezes = 0 WHERE id = 'wallet-2'",
    { ...ofMerge, walletId: 'wallet-45', counterWalletId: 'wallet-2' },
  ],
  [
    'merged one of a family',
    "UPDATE points_family_member SET left_ms = 1 WHERE member_id = 'wallet-8'",
    { ...ofMerge, walletId: 'wallet-8', counterWalletId: 'wallet-40' },
  ],
];

test('the reckoning of a crash run finds what the registers forbid, and nothing else', async () => {
  const [sqlite] = engines;
  if (sqlite === undefined) throw new Error('SQLite is always there');
  await using books = await openBooks(sqlite);
  await prepare(books.database, COMMANDS);
  const ledger = createLedger(books.frame);
  const post = async (command: PointsCommand) => {
    const requestHash = sha256(canonicalJson(command));
    const request = { scope: 'service:test', key: requestHash, requestHash, command };
    return (await ledger.post([request]))[0]?.status;
  };
  await post({
    ...{ ...bare, kind: 'FREEZE', walletId: 'wallet-2', caseId: 'c1' },
    evidenceHash: 'e'.repeat(64),
  });
  await post({ ...common, ...terms, kind: 'ACCRUE', walletId: 'wallet-9', points: 20 });
  for (const [, , command] of cases) expect(await post(command)).toBe('REFUSED');
  expect(await forbidden(books.database.reader, COMMANDS)).toEqual([]);

  for (const [problem, change, command] of cases) {
    await books.tamper(change);
    expect(await post({ ...command, causeId: 'again' })).toBe('ACCEPTED');
    const found = await forbidden(books.database.reader, COMMANDS);
    expect(found.filter((text) => text.includes(problem))).toHaveLength(1);
  }
  // The journal alone says nothing of most of it.
  const problems = await verifyBooks(books.database.reader);
  expect(problems.filter((text) => !/wallet-2|the cover of/.test(text))).toEqual([]);
});
