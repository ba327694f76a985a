import type { EntityManager } from 'typeorm';
import { readMany } from '../../../shared/database/rows.ts';
import { canonicalJson } from '../../../shared/identifiers.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { PointsCommand } from '../domain/command.ts';
import {
  type AccountKind,
  type Detail,
  isMerchants,
  type Posting,
  type Reversal,
} from '../domain/entry.ts';
import type { AnsweredRequest, Block, PlacedEntry } from '../domain/seal.ts';
import { lotColumns, lotOf } from '../ledger/lot-columns.ts';

// A row as the driver gives it: integers as numbers or, when large, as text.
type Row = Record<string, string | null>;

/** An entry as it stands in the books, with the block it says it is in. */
export type BookedEntry = PlacedEntry &
  Readonly<{
    block: number;
    /** What is wrong with its rows that the entry does not show. */
    flaw: string | null;
  }>;

const entryColumns = [
  ...['seq', 'shard', 'id', 'kind', 'wallet_id', 'wallet_ver', 'unit', 'points', 'cause_kind'],
  ...['cause_id', 'rule_version', 'reverses_id', 'hold_id', 'acceptor_id', 'hold_expires_ms'],
  ...['recorded_ms', 'block', 'counter_wallet_id', 'counter_ver', 'actor_id', 'detail'],
];

const postingColumns = [
  ...['seq', 'line', 'shard', 'account', 'owner_id', 'account_ver', ...lotColumns, 'points'],
  ...['balance_after', 'claim_minor', 'claim_currency'],
];

const answerColumns = ['scope', 'command_key', 'request_hash', 'outcome', 'block'];

/** The entries from one sequence number to another, whole, in order. */
export async function readEntries(
  reader: EntityManager,
  from: number,
  to: number,
): Promise<BookedEntry[]> {
  // At once: a server answers the one while we read the other.
  const [entries, postings, reversals] = await Promise.all([
    readMany<Row>(reader, entryColumns, {
      select: `SELECT ${entryColumns.join(', ')} FROM points_journal_entry
        WHERE seq BETWEEN ? AND ? ORDER BY seq`,
      parameters: [from, to],
    }),
    readMany<Row>(reader, postingColumns, {
      select: `SELECT ${postingColumns.join(', ').replace('points', 'amount AS points')}
        FROM points_posting WHERE seq BETWEEN ? AND ? ORDER BY seq, line`,
      parameters: [from, to],
    }),
    reader.query<Row[]>(
      `SELECT entry.seq, reversal.accrual_id, reversal.points FROM points_journal_entry entry
     JOIN points_reversal reversal ON reversal.entry_id = entry.id
     WHERE entry.seq BETWEEN ? AND ? AND entry.kind IN ('REVERSE', 'REFUND', 'DEDUCT') ORDER BY entry.seq, reversal.line`,
      [from, to],
    ),
  ]);
  const postingsBySeq = Map.groupBy(postings, ({ seq }) => String(seq));
  const reversalsBySeq = Map.groupBy(reversals, ({ seq }) => String(seq));
  return entries.map((row) => ({
    seq: toSafeInteger(row.seq),
    id: String(row.id),
    // Only names of kinds are ever written there.
    kind: row.kind as PointsCommand['kind'],
    walletId: String(row.wallet_id),
    walletVersion: toSafeInteger(row.wallet_ver),
    unit: String(row.unit),
    points: toSafeInteger(row.points),
    causeKind: String(row.cause_kind),
    causeId: String(row.cause_id),
    ruleVersion: row.rule_version ?? null,
    reversesId: row.reverses_id ?? null,
    holdId: row.hold_id ?? null,
    acceptorId: row.acceptor_id ?? null,
    holdExpiresMs: integerOrNull(row.hold_expires_ms),
    counterWalletId: row.counter_wallet_id ?? null,
    counterVersion: integerOrNull(row.counter_ver),
    actorId: row.actor_id ?? null,
    detail: detailOf(row.detail ?? null),
    recordedMs: toSafeInteger(row.recorded_ms),
    block: toSafeInteger(row.block),
    flaw: flawOf(row, postingsBySeq.get(String(row.seq)) ?? []),
    postings: (postingsBySeq.get(String(row.seq)) ?? []).map(postingOf),
    reversals: (reversalsBySeq.get(String(row.seq)) ?? []).map(reversalOf),
  }));
}

/** Postings are numbered from zero, and each of a wallet bears the wallet's version after the entry. */
function flawOf(entry: Row, postings: readonly Row[]): string | null {
  if (Number(entry.shard) !== 0) return `is of shard ${entry.shard}`;
  for (const [
    index,
    { line, shard, account, owner_id: owner, account_ver: found },
  ] of postings.entries()) {
    if (Number(line) !== index || Number(shard) !== 0) return `has no line ${index}`;
    const version = owner === entry.wallet_id ? entry.wallet_ver : entry.counter_ver;
    const due = isMerchants(account as AccountKind) ? null : version;
    if (String(found) !== String(due)) return `line ${index} is of version ${found} of its wallet`;
  }
  return null;
}

function postingOf(row: Row): Posting {
  const { key, points } = lotOf(row);
  const { claim_minor: minor = null, claim_currency: currency = null } = row;
  const isClaim = minor !== null || currency !== null;
  return {
    account: row.account as AccountKind,
    ownerId: String(row.owner_id),
    key,
    amount: points,
    balanceAfter: integerOrNull(row.balance_after),
    claim: isClaim ? { amountMinor: toSafeInteger(minor ?? 0), currency: String(currency) } : null,
  };
}

const reversalOf = (row: Row): Reversal => ({
  accrualId: String(row.accrual_id),
  points: toSafeInteger(row.points),
});

/** A text that the ledger did not write is kept as it is, so that the seal shows it. */
function detailOf(text: string | null): Detail | null {
  if (text === null) return null;
  try {
    const detail = JSON.parse(text);
    if (canonicalJson(detail) === text) return detail;
  } catch {
    // Not even JSON.
  }
  return { text };
}

const integerOrNull = (value: string | null | undefined): number | null =>
  value === null || value === undefined ? null : toSafeInteger(value);

/** Some blocks after a height, in order. */
export async function readBlocks(
  reader: EntityManager,
  after: number,
  limit: number,
): Promise<Block[]> {
  const rows = await reader.query<Row[]>(
    `SELECT * FROM points_block WHERE height > ? ORDER BY height LIMIT ${limit}`,
    [after],
  );
  return rows.map((row) => ({
    height: toSafeInteger(row.height),
    prevHash: String(row.prev_hash),
    hash: String(row.hash),
    root: String(row.root),
    answersHash: String(row.answers_hash),
    firstSeq: toSafeInteger(row.first_seq),
    lastSeq: toSafeInteger(row.last_seq),
    entries: toSafeInteger(row.entries),
    recordedMs: toSafeInteger(row.recorded_ms),
  }));
}

/** The answers that blocks sealed, by height. */
export async function readAnswers(
  reader: EntityManager,
  fromBlock: number,
  toBlock: number,
): Promise<Map<number, AnsweredRequest[]>> {
  const rows = await readMany<Row>(reader, answerColumns, {
    select: `SELECT ${answerColumns.join(', ')} FROM points_command
      WHERE block BETWEEN ? AND ? ORDER BY block, ordinal`,
    parameters: [fromBlock, toBlock],
  });
  const answers = Map.groupBy(rows, ({ block }) => toSafeInteger(block));
  return new Map(
    answers.entries().map(([block, found]) => [
      block,
      found.map((row) => ({
        scope: String(row.scope),
        key: String(row.command_key),
        requestHash: String(row.request_hash),
        outcome: String(row.outcome),
      })),
    ]),
  );
}
