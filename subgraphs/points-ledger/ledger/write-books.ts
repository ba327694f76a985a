import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { canonicalJson } from '../../../shared/identifiers.ts';
import { isMerchants, type Posting } from '../domain/entry.ts';
import type { PlacedEntry } from '../domain/seal.ts';
import type { Batch } from './batch.ts';
import { writeCovers } from './covers.ts';
import { writeFreezes } from './freezes.ts';
import { lotColumns, lotValues } from './lot-columns.ts';
import type { Transaction } from './read-books.ts';
import { writeHolds } from './write-holds.ts';
import { writeAccruals, writeBurns } from './write-origins.ts';
import { writeDebts, writeExpired, writeLots, writeUnits, writeWallets } from './write-wallets.ts';

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
    await writeExpired(transaction, batch);
    await writeHolds(manager, batch);
    await writeAccruals(manager, batch);
    await writeBurns(transaction, batch);
    await writeCovers(transaction, batch.books, batch.entries);
    await writeFreezes(transaction, batch);
  }
  await writeBlock(manager, batch);
}

/** Entries and their lines. What they take back is written with the accruals. */
export async function writeJournal(
  manager: EntityManager,
  { entries, block }: Pick<Batch, 'entries' | 'block'>,
): Promise<void> {
  await insertRows(
    manager,
    'points_journal_entry',
    // biome-ignore format: the columns in the order of the values below.
    ['seq', 'id', 'kind', 'wallet_id', 'wallet_ver', 'unit', 'points', 'cause_kind', 'cause_id',
      'rule_version', 'reverses_id', 'hold_id', 'acceptor_id', 'hold_expires_ms', 'counter_wallet_id',
      'counter_ver', 'actor_id', 'detail', 'recorded_ms', 'block'],
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
      entry.acceptorId,
      entry.holdExpiresMs,
      entry.counterWalletId,
      entry.counterVersion,
      entry.actorId,
      entry.detail === null ? null : canonicalJson(entry.detail),
      entry.recordedMs,
      block.height,
    ]),
    // biome-ignore format: as above.
    { mayLack: ['rule_version', 'reverses_id', 'hold_id', 'acceptor_id', 'hold_expires_ms',
      'counter_wallet_id', 'counter_ver', 'actor_id', 'detail'] },
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
        versionFor(entry, posting),
        ...lotValues(posting.key),
        posting.amount,
        posting.balanceAfter,
        posting.claim?.amountMinor ?? null,
        posting.claim?.currency ?? null,
      ]),
    ),
    { mayLack: ['claim_minor', 'claim_currency'] },
  );
}

/** The version of the wallet that a line is of; a merchant has none. */
function versionFor(entry: PlacedEntry, { account, ownerId }: Posting): number | null {
  if (isMerchants(account)) return null;
  return ownerId === entry.walletId ? entry.walletVersion : entry.counterVersion;
}

export const writeAnswers = (
  manager: EntityManager,
  { answers, block }: Pick<Batch, 'answers' | 'block'>,
): Promise<void> =>
  insertRows(
    manager,
    'points_command',
    ['scope', 'command_key', 'request_hash', 'outcome', 'block', 'ordinal'],
    answers.map(({ scope, key, requestHash, outcome }, ordinal) => [
      scope,
      key,
      requestHash,
      outcome,
      block.height,
      ordinal,
    ]),
  );

/** Adds a block, and moves the head of the chain from the one before to it. */
export async function writeBlock(
  manager: EntityManager,
  { block }: Pick<Batch, 'block'>,
): Promise<void> {
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
        block.recordedMs,
      ],
    ],
  );
  const matched = await execute(
    manager,
    `UPDATE points_chain_head SET height = ?, next_seq = ?, last_ms = ?, hash = ?
     WHERE shard = 0 AND height = ?`,
    [block.height, block.lastSeq + 1, block.recordedMs, block.hash, block.height - 1],
  );
  assert(matched === 1, 'another writer moved the head of the chain');
}
