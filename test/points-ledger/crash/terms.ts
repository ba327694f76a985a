import { assert } from '../../../shared/assert.ts';
import { type Day, NEVER } from '../../../shared/calendar.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Database } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import { createLogger } from '../../../shared/logger.ts';
import { sum } from '../../../shared/quantities.ts';
import type { PointsCommand } from '../../../subgraphs/points-ledger/domain/command.ts';
import { poolOf } from '../../../subgraphs/points-ledger/domain/registers.ts';
import { createLedger } from '../../../subgraphs/points-ledger/ledger/create-ledger.ts';

/** Who takes part in a crash run, on what terms, and what there is before anybody is killed. */

export const FIRST_DAY: Day = 20261122;
export const START_MS = Date.parse('2026-11-22T02:00:00Z');

/** So much faster days pass than for us, so that holds run out and lots lapse. */
const PACE = 7_200;

/** The clock of a run that began at an instant of ours. */
export const clockSince = (startedMs: number, skewMs = 0): Clock => ({
  now: () => new Date(START_MS + (Date.now() - startedMs) * PACE + skewMs),
});

export const WALLETS = 60;
export const MERCHANTS = 6;
export const UNITS = ['ALLIANCE', 'MILES'] as const;

export const walletAt = (number: number): string => `wallet-${number}`;

/** Families of three, of the first wallets: 1 to 3, 4 to 6 … */
const FAMILIES = 10;
const FAMILY_SIZE = 3;
/** The wallets that belong to one. */
export const RELATIVES = FAMILIES * FAMILY_SIZE;

const familyOfNumber = (number: number): number => Math.ceil(number / FAMILY_SIZE);

/** The pool of a wallet's family, by its number; for strangers that of no family. */
export const poolAt = (number: number): string => poolOf(`f${familyOfNumber(number)}`);

export const isFamily = (one: number, other: number): boolean =>
  one <= RELATIVES && other <= RELATIVES && familyOfNumber(one) === familyOfNumber(other);

/** One who left the first family when she had put points into its pool: a worker gives them back to her. */
const LEAVER = RELATIVES + 1;
const LEFT_BEHIND = 500;

/** Cases are about these alone, so that most of the wallets are never frozen. */
export const SUSPECTS = 8;

/** Whom the issuers allow points to go to. The others said nothing, so theirs go to nobody. */
export const TRANSFER_RULES: Readonly<Record<string, 'FAMILY' | 'REGISTERED'>> = {
  'merchant-1': 'FAMILY',
  'merchant-2': 'FAMILY',
  'merchant-3': 'REGISTERED',
  'merchant-4': 'FAMILY',
};

/** A stranger has registered the one with the next number. */
export const isRegistered = (one: number, other: number): boolean =>
  one > RELATIVES && other === one + 1 && other <= WALLETS;

/** The first of each family may spend so many alliance points of its pool in a month. */
const CAP = 400;
export const capOf = (number: number): number | null =>
  number <= RELATIVES && number % FAMILY_SIZE === 1 ? CAP : null;

/** Some issuers convert, by rates of which one does not divide. */
const rates = [
  ['merchant-1', 'ALLIANCE', 'MILES', 3, 2, '1/3 CNY'],
  ['merchant-1', 'MILES', 'ALLIANCE', 2, 3, '80/100 CNY'],
  ['merchant-2', 'ALLIANCE', 'MILES', 1, 1, '80/100 CNY'],
  ['merchant-2', 'MILES', 'ALLIANCE', 1, 1, '80/100 CNY'],
  ['merchant-4', 'ALLIANCE', 'MILES', 4, 7, '1/3 CNY'],
] as const;

/** What every wallet has at the start; a case takes points of it away. */
const OPENING = 3_000;
/** So many accruals wait for their event at the start, at least one for each wallet. */
const pendingCount = (commands: number): number => Math.max(WALLETS, Math.floor(commands / 100));

type Opening = Readonly<{ entryId: string; number: number }>;

/** The entries of the start by which the commands of a run name accruals. */
export function openingsOf(
  commands: number,
): Readonly<{ good: readonly Opening[]; pending: readonly Opening[] }> {
  const entry = (index: number) => `opening-${index + 1}`;
  const good = Array.from({ length: WALLETS }, (_, index) => ({
    entryId: entry(index),
    number: index + 1,
  }));
  const pending = Array.from({ length: pendingCount(commands) }, (_, index) => ({
    entryId: entry(WALLETS + index),
    number: (index % WALLETS) + 1,
  }));
  return { good, pending };
}

/** The entries of the start, in the order in which they are numbered. */
export function openingCommands(commands: number): PointsCommand[] {
  const { good, pending } = openingsOf(commands);
  const accrual = ({ number }: Opening, index: number, points: number) => ({
    ...{ kind: 'ACCRUE' as const, walletId: walletAt(number), unit: 'ALLIANCE', points },
    ...{ issuerId: `merchant-${(index % 4) + 1}`, expiresOn: NEVER, priceClass: '80/100 CNY' },
    ...{ causeKind: 'PURCHASE', causeId: `opening-${index}`, ruleVersion: null },
  });
  return [
    ...good.map((one, index) => accrual(one, index, OPENING)),
    ...pending.map((one, index) => ({
      ...accrual(one, WALLETS + index, 50),
      vestsOn: 'ON_EVENT' as const,
    })),
    { ...accrual({ entryId: '', number: LEAVER }, 0, LEFT_BEHIND), causeId: 'of the leaver' },
    {
      ...{ kind: 'CONTRIBUTE', walletId: walletAt(LEAVER), counterWalletId: poolAt(1) },
      ...{ unit: 'ALLIANCE', points: LEFT_BEHIND, causeKind: 'GIFT', causeId: 'g' },
      ruleVersion: null,
    },
  ];
}

/** Some issuers may not issue at will: what there is at the start, and so much that they get there in the run. */
export function coversOf(commands: number) {
  const opening = (issuerId: string) =>
    sum(
      openingCommands(commands).flatMap((one) =>
        one.kind === 'ACCRUE' && one.issuerId === issuerId ? [one.points] : [],
      ),
    );
  return [
    {
      issuerId: 'merchant-1',
      unit: 'ALLIANCE',
      covered: opening('merchant-1') + commands * 2,
    },
    { issuerId: 'merchant-1', unit: 'MILES', covered: commands },
    { issuerId: 'merchant-2', unit: 'ALLIANCE', covered: opening('merchant-2') + commands },
  ];
}

/** Writes the registers, posts what there is at the start, and lets one leave her family. */
export async function prepare(database: Database, commands: number): Promise<void> {
  await database.transaction(async (manager) => {
    for (const [table, columns, rows] of registersOf(commands)) {
      await insertRows(manager, table, columns, rows);
    }
    await manager.query('UPDATE points_chain_head SET covers = ?', [coversOf(commands).length]);
  });
  const opening = openingCommands(commands);
  let count = 0;
  const ledger = createLedger({
    database,
    clock: { now: () => new Date(START_MS) },
    newId: () => {
      count += 1;
      return `opening-${count}`;
    },
    logger: createLogger('silent'),
  });
  const outcomes = await ledger.post(
    opening.map((command, index) => ({
      scope: 'service:crash-opening',
      key: `opening-${index}`,
      requestHash: sha256(canonicalJson(command)),
      command,
    })),
  );
  // Those of the run know the entries by these names.
  for (const [index, { status, entryId }] of outcomes.entries()) {
    assert(status === 'ACCEPTED' && entryId === `opening-${index + 1}`, `opening ${index}`);
  }
  await database.transaction((manager) =>
    manager.query('UPDATE points_family_member SET left_ms = ? WHERE member_id = ?', [
      START_MS,
      walletAt(LEAVER),
    ]),
  );
}

type Rows = readonly [table: string, columns: readonly string[], rows: readonly unknown[][]];

function registersOf(commands: number): readonly Rows[] {
  const numbers = Array.from({ length: WALLETS }, (_, index) => index + 1);
  const members = [...numbers.slice(0, RELATIVES), LEAVER].map((number) => [
    number === LEAVER ? poolAt(1) : poolAt(number),
    ...[walletAt(number), 0, null, 1],
  ]);
  const registered = numbers
    .filter((number) => isRegistered(number, number + 1))
    .flatMap((number) =>
      UNITS.map((unit) => [walletAt(number), unit, 'merchant-3', walletAt(number + 1), 0]),
    );
  const programmes = Object.entries(TRANSFER_RULES).flatMap(([issuerId, transfer]) =>
    UNITS.map((unit) => [unit, issuerId, transfer, 1]),
  );
  const caps = numbers.flatMap((number) => {
    const points = capOf(number);
    return points === null ? [] : [[poolAt(number), walletAt(number), 'ALLIANCE', points]];
  });
  const covers = coversOf(commands).map(({ issuerId, unit, covered }) => [
    ...[issuerId, unit, 1, covered, 0],
  ]);
  const cover = ['issuer_id', 'unit', 'version', 'covered'];
  return [
    ['points_family_member', ['pool_id', 'member_id', 'since_ms', 'left_ms', 'position'], members],
    ['points_transferee', ['wallet_id', 'unit', 'issuer_id', 'other_id', 'since_ms'], registered],
    ['points_programme', ['unit', 'issuer_id', 'transfer', 'effective_after_days'], programmes],
    ['points_spending_cap', ['pool_id', 'member_id', 'unit', 'points'], caps],
    [
      'points_rate',
      // biome-ignore format: the columns in the order of the values below.
      ['issuer_id', 'unit', 'to_unit', 'numerator', 'denominator', 'price_class', 'version',
        'effective_on', 'recorded_ms'],
      rates.map((rate) => [...rate, 1, FIRST_DAY, 0]),
    ],
    ['points_cover', [...cover, 'open_points'], covers],
    ['points_cover_version', [...cover, 'recorded_ms'], covers],
  ];
}
