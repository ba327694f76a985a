import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import {
  type Books,
  causeText,
  debtText,
  type HoldState,
  lotPoints,
  walletOf,
} from '../domain/books.ts';
import type { Posting } from '../domain/entry.ts';
import { lotText } from '../domain/lot.ts';
import type { AnsweredRequest, Block, PlacedEntry } from '../domain/seal.ts';
import { lotColumns, lotValues, type Transaction } from './read-books.ts';

/** What a batch did. */
export type Batch = Readonly<{
  books: Books;
  /** The versions that the wallets had when they were locked. */
  versions: ReadonlyMap<string, number>;
  entries: readonly PlacedEntry[];
  answers: readonly AnsweredRequest[];
  block: Block;
  recordedMs: number;
}>;

/** Writes a batch with a number of statements that does not grow with it. */
export async function writeBooks(transaction: Transaction, batch: Batch): Promise<void> {
  const { manager } = transaction;
  await writeJournal(manager, batch);
  await writeAnswers(manager, batch);
  if (batch.entries.length > 0) {
    await writeWallets(manager, batch);
    await writeUnits(transaction, batch);
    await writeLots(transaction, batch);
    await writeDebts(transaction, batch);
    await writeHolds(manager, batch);
    await writeAccruals(manager, batch);
  }
  await writeBlock(manager, batch);
}

async function writeJournal(
  manager: EntityManager,
  { entries, block, recordedMs }: Batch,
): Promise<void> {
  await insertRows(
    manager,
    'points_journal_entry',
    // biome-ignore format: the columns in the order of the values below.
    ['seq', 'id', 'kind', 'wallet_id', 'wallet_ver', 'unit', 'points', 'cause_kind', 'cause_id',
      'rule_version', 'reverses_id', 'hold_id', 'recorded_ms', 'block'],
    entries.map((entry) => [
      entry.seq,
      entry.id,
      entry.kind,
      entry.walletId,
      entry.walletVersion,
      entry.unit,
      entry.points,
      entry.causeKind,
      entry.causeId,
      entry.ruleVersion,
      entry.reversesId,
      entry.holdId,
      recordedMs,
      block.height,
    ]),
  );
  await insertRows(
    manager,
    'points_posting',
    // biome-ignore format: the columns in the order of the values below.
    ['seq', 'line', 'account', 'owner_id', 'account_ver', ...lotColumns, 'amount', 'balance_after',
      'claim_minor', 'claim_currency'],
    entries.flatMap((entry) =>
      entry.postings.map((posting, line) => [
        entry.seq,
        line,
        posting.account,
        posting.ownerId,
        isOfWallet(posting) ? entry.walletVersion : null,
        ...lotValues(posting.key),
        posting.amount,
        posting.balanceAfter,
        posting.claim?.amountMinor ?? null,
        posting.claim?.currency ?? null,
      ]),
    ),
  );
}

const isOfWallet = ({ account }: Posting): boolean =>
  account !== 'OUTSTANDING' && account !== 'REDEEMED';

const writeAnswers = (manager: EntityManager, { answers, block }: Batch): Promise<void> =>
  insertRows(
    manager,
    'points_command',
    ['scope', 'command_key', 'request_hash', 'outcome', 'block', 'ordinal'],
    answers.map(({ scope, key, requestHash, outcome }, ordinal) => [
      scope,
      key,
      requestHash,
      JSON.stringify(outcome),
      block.height,
      ordinal,
    ]),
  );

/** The second belt under the lock: when a wallet is not as it was read, the whole batch is undone. */
async function writeWallets(
  manager: EntityManager,
  { books, versions, entries }: Batch,
): Promise<void> {
  const ids = touchedWallets(entries);
  const was = ids.map((id) => versions.get(id));
  const now = ids.map((id) => walletOf(books, id).version);
  const when = ids.map(() => 'WHEN ? THEN ?').join(' ');
  const matched = await execute(
    manager,
    `UPDATE points_wallet SET version = CASE id ${when} END
     WHERE id IN (${placeholders(ids.length)}) AND version = CASE id ${when} END`,
    [
      ...ids.flatMap((id, index) => [id, now[index]]),
      ...ids,
      ...ids.flatMap((id, index) => [id, was[index]]),
    ],
  );
  assert(matched === ids.length, 'no wallet changes while it is locked');
}

async function writeUnits({ manager, dialect }: Transaction, batch: Batch): Promise<void> {
  const key = ['wallet_id', 'unit'];
  const columns = ['available', 'held', 'debt'];
  const rows = touchedWallets(batch.entries).flatMap((id) =>
    walletOf(batch.books, id)
      .units.entries()
      .map(([unit, { available, held, debt }]) => [id, unit, available, held, debt])
      .toArray(),
  );
  const ending = dialect.onDuplicateUpdate(key, columns);
  await insertRows(manager, 'points_wallet_unit', [...key, ...columns], rows, { ending });
}

/** Absolute values, so that writing them twice is the same as once; then what is used up goes. */
async function writeLots({ manager, dialect }: Transaction, batch: Batch): Promise<void> {
  const touched = postingsOf(batch, 'AVAILABLE');
  if (touched.length === 0) return;
  const key = ['wallet_id', ...lotColumns];
  const rows = touched.map((posting) => [
    posting.ownerId,
    ...lotValues(posting.key),
    lotPoints(walletOf(batch.books, posting.ownerId), posting.key),
  ]);
  const ending = dialect.onDuplicateUpdate(key, ['points']);
  await insertRows(manager, 'points_lot', [...key, 'points'], rows, { ending });
  await removeSpent(manager, 'points_lot', touched);
}

async function writeDebts({ manager, dialect }: Transaction, batch: Batch): Promise<void> {
  const touched = postingsOf(batch, 'DEBT');
  if (touched.length === 0) return;
  const key = ['wallet_id', 'unit', 'issuer_id', 'price_class'];
  const rows = touched.map(({ ownerId, key: { unit, issuerId, priceClass } }) => [
    ownerId,
    unit,
    issuerId,
    priceClass,
    walletOf(batch.books, ownerId).debts.get(debtText({ unit, issuerId, priceClass }))?.points ?? 0,
  ]);
  const ending = dialect.onDuplicateUpdate(key, ['points']);
  await insertRows(manager, 'points_debt', [...key, 'points'], rows, { ending });
  await removeSpent(manager, 'points_debt', touched);
}

async function removeSpent(
  manager: EntityManager,
  table: 'points_lot' | 'points_debt',
  touched: readonly Posting[],
): Promise<void> {
  const ids = [...new Set(touched.map(({ ownerId }) => ownerId))];
  await execute(
    manager,
    `DELETE FROM ${table} WHERE wallet_id IN (${placeholders(ids.length)}) AND points = 0`,
    ids,
  );
}

async function writeHolds(manager: EntityManager, { books, entries }: Batch): Promise<void> {
  const ids = [...new Set(entries.flatMap(({ holdId }) => holdId ?? []))];
  const placed = new Set(
    entries.flatMap(({ kind, holdId }) => (kind === 'HOLD' ? (holdId ?? []) : [])),
  );
  const holds = ids.flatMap((id) => books.holds.get(id) ?? []);
  const added = holds.filter(({ id }) => placed.has(id));
  await insertRows(
    manager,
    'points_hold',
    ['id', 'wallet_id', 'acceptor_id', 'unit', 'points', 'state', 'expires_ms'],
    added.map((hold) => [
      hold.id,
      hold.walletId,
      hold.acceptorId,
      hold.unit,
      hold.points,
      hold.state,
      hold.expiresMs,
    ]),
  );
  await insertRows(
    manager,
    'points_hold_lot',
    ['hold_id', 'line', ...lotColumns, 'points'],
    added.flatMap(({ id, lots }) =>
      lots.map(({ key, points }, line) => [id, line, ...lotValues(key), points]),
    ),
  );
  await resolveHolds(
    manager,
    holds.filter(({ id }) => !placed.has(id)),
  );
}

async function resolveHolds(manager: EntityManager, holds: readonly HoldState[]): Promise<void> {
  if (holds.length === 0) return;
  const matched = await execute(
    manager,
    `UPDATE points_hold SET state = CASE id ${holds.map(() => 'WHEN ? THEN ?').join(' ')} END
     WHERE id IN (${placeholders(holds.length)}) AND state = 'PLACED'`,
    [...holds.flatMap(({ id, state }) => [id, state]), ...holds.map(({ id }) => id)],
  );
  assert(matched === holds.length, 'a hold is resolved at most once');
}

async function writeAccruals(manager: EntityManager, batch: Batch): Promise<void> {
  const { books, entries } = batch;
  const accruals = entries
    .filter(({ kind }) => kind === 'ACCRUE')
    .flatMap((entry) => {
      const known = books.accruals.get(causeText(entry.causeKind, entry.causeId)) ?? [];
      const { seq } = entry;
      return known.filter(({ entryId }) => entryId === entry.id).map((state) => ({ seq, state }));
    });
  await insertRows(
    manager,
    'points_accrual',
    // biome-ignore format: the columns in the order of the values below.
    ['entry_id', 'seq', 'wallet_id', 'cause_kind', 'cause_id', ...lotColumns, 'points', 'reversed'],
    accruals.map(({ seq, state }) => [
      state.entryId,
      seq,
      state.walletId,
      state.causeKind,
      state.causeId,
      ...lotValues(state.key),
      state.points,
      state.reversed,
    ]),
  );
  const reversals = entries.flatMap((entry) =>
    entry.reversals.map(({ accrualId, points }, line) => [entry.id, accrualId, line, points]),
  );
  if (reversals.length === 0) return;
  await insertRows(
    manager,
    'points_reversal',
    ['entry_id', 'accrual_id', 'line', 'points'],
    reversals,
  );
  const isNew = new Set(accruals.map(({ state }) => state.entryId));
  await writeReversed(
    manager,
    batch,
    [...new Set(reversals.map(([, accrualId]) => String(accrualId)))].filter(
      (id) => !isNew.has(id),
    ),
  );
}

async function writeReversed(
  manager: EntityManager,
  { books }: Batch,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const reversed = new Map(
    [...books.accruals.values()].flat().map((state) => [state.entryId, state.reversed]),
  );
  const matched = await execute(
    manager,
    `UPDATE points_accrual SET reversed = CASE entry_id ${ids.map(() => 'WHEN ? THEN ?').join(' ')} END
     WHERE entry_id IN (${placeholders(ids.length)})`,
    [...ids.flatMap((id) => [id, reversed.get(id)]), ...ids],
  );
  assert(matched === ids.length, 'what is taken back was accrued before');
}

async function writeBlock(manager: EntityManager, { block, recordedMs }: Batch): Promise<void> {
  await insertRows(
    manager,
    'points_block',
    // biome-ignore format: the columns in the order of the values below.
    ['height', 'prev_hash', 'hash', 'root', 'answers_hash', 'first_seq', 'last_seq', 'entries',
      'recorded_ms'],
    [
      [
        block.height,
        block.prevHash,
        block.hash,
        block.root,
        block.answersHash,
        block.firstSeq,
        block.lastSeq,
        block.entries,
        recordedMs,
      ],
    ],
  );
  const matched = await execute(
    manager,
    `UPDATE points_chain_head SET height = ?, next_seq = ?, last_ms = ?, hash = ?
     WHERE shard = 0 AND height = ?`,
    [block.height, block.lastSeq + 1, recordedMs, block.hash, block.height - 1],
  );
  assert(matched === 1, 'another writer moved the head of the chain');
}

const touchedWallets = (entries: readonly PlacedEntry[]): string[] =>
  [...new Set(entries.map(({ walletId }) => walletId))].toSorted();

/** One posting for each lot or debt that the batch touched. */
function postingsOf({ entries }: Batch, account: 'AVAILABLE' | 'DEBT'): Posting[] {
  const touched = new Map<string, Posting>();
  for (const { postings } of entries) {
    for (const posting of postings) {
      if (posting.account !== account) continue;
      touched.set(`${posting.ownerId}\n${lotText(posting.key)}`, posting);
    }
  }
  return [...touched.values()];
}
