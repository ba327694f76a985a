import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { debtText, type UnitState } from '../domain/books.ts';
import { lotText } from '../domain/lot.ts';
import { accrualTerms, burnTerms, holdTerms, Replay } from '../domain/replay.ts';
import { freezeTerms } from '../domain/replay-freezes.ts';
import { type Block, GENESIS_HASH, sealBlock } from '../domain/seal.ts';
import { freezeOf } from '../ledger/freezes.ts';
import { lotColumns, lotOf } from '../ledger/read-books.ts';
import { readHead, sha256 } from '../ledger/run-batch.ts';
import { readAnswers, readBlocks, readEntries } from './read-journal.ts';

const BLOCKS_PAGE = 50;
const PROBLEMS_MAX = 100;

type Row = Record<string, string>;

/**
 * Proves the books from the journal alone: every block is sealed over what stands in it, every entry
 * balances, and wallets, lots, holds and debts are what the postings add up to. Answers what is wrong,
 * nothing when all is well. To be asked while nothing is posted: it reads in several statements.
 *
 * It cannot tell when the newest blocks were removed with all that follows from them; for that, keep
 * the hash of a block elsewhere.
 */
export async function verifyBooks(reader: EntityManager): Promise<string[]> {
  const replay = new Replay();
  const { problems } = replay;
  const last = await verifyChain(reader, replay);
  const head = await readHead(reader);
  if (head === null || head.height !== last.height || head.hash !== last.hash) {
    problems.push(`the head is at block ${head?.height}, the chain ends at ${last.height}`);
  }
  if (head !== null && head.nextSeq !== last.nextSeq) {
    problems.push(`the next entry is ${head.nextSeq}, should be ${last.nextSeq}`);
  }
  await verifyNothingOutside(reader, replay, last);
  await verifyState(reader, replay);
  return problems.slice(0, PROBLEMS_MAX);
}

type End = { height: number; hash: string; nextSeq: number };

async function verifyChain(reader: EntityManager, replay: Replay): Promise<End> {
  let end: End = { height: 0, hash: GENESIS_HASH, nextSeq: 1 };
  for (;;) {
    const blocks = await readBlocks(reader, end.height, BLOCKS_PAGE);
    const [first] = blocks;
    const last = blocks.at(-1);
    if (first === undefined || last === undefined) return end;
    const entries = await readEntries(reader, first.firstSeq, last.lastSeq);
    const answers = await readAnswers(reader, first.height, last.height);
    for (const block of blocks) {
      const own = entries.filter(({ seq }) => seq >= block.firstSeq && seq <= block.lastSeq);
      for (const entry of own) {
        replay.add(entry);
        if (entry.block !== block.height) {
          replay.problems.push(`entry ${entry.seq} is not in block ${entry.block}`);
        }
      }
      const sealed = sealBlock(sha256, end, {
        entries: own,
        answers: answers.get(block.height) ?? [],
        recordedMs: block.recordedMs,
      });
      for (const field of Object.keys(sealed) as (keyof Block)[]) {
        if (sealed[field] === block[field]) continue;
        replay.problems.push(`block ${block.height}: ${field} is not what it seals`);
      }
      end = { height: block.height, hash: block.hash, nextSeq: block.lastSeq + 1 };
    }
  }
}

/** What is in no block: rows added behind the chain's back, or left when its end was cut off. */
async function verifyNothingOutside(
  reader: EntityManager,
  { problems, postings }: Replay,
  { height, nextSeq }: End,
): Promise<void> {
  const count = async (sql: string, parameters: unknown[] = []) =>
    toSafeInteger(
      (await reader.query<Row[]>(`SELECT COUNT(*) AS n FROM ${sql}`, parameters))[0]?.n,
    );
  const outside = {
    entries: await count('points_journal_entry WHERE seq >= ? OR seq < 1', [nextSeq]),
    answers: await count('points_command WHERE block > ? OR block < 1', [height]),
    postings: (await count('points_posting')) - postings,
  };
  for (const [what, rows] of Object.entries(outside)) {
    if (rows !== 0) problems.push(`${rows} ${what} are in no block`);
  }
  const misnumbered = await count(
    `(SELECT seq FROM points_posting GROUP BY seq
      HAVING MIN(line) <> 0 OR MAX(line) <> COUNT(*) - 1) AS gaps`,
  );
  const misplaced = await count(
    `points_posting posting JOIN points_journal_entry entry ON entry.seq = posting.seq
     WHERE COALESCE(posting.account_ver, 0) <>
       CASE WHEN posting.account IN ('OUTSTANDING', 'REDEEMED', 'BREAKAGE') THEN 0
         WHEN posting.owner_id = entry.wallet_id THEN entry.wallet_ver
         ELSE COALESCE(entry.counter_ver, -1) END`,
  );
  if (misnumbered > 0) problems.push(`${misnumbered} entries lack a line`);
  if (misplaced > 0) problems.push(`${misplaced} postings are of another version of their wallet`);
}

/** Compares what there is now with what the postings add up to. */
async function verifyState(reader: EntityManager, replay: Replay): Promise<void> {
  const { problems } = replay;
  const compare = (what: string, stored: Map<string, unknown>, due: Map<string, unknown>) => {
    for (const key of new Set([...stored.keys(), ...due.keys()])) {
      if (stored.get(key) === due.get(key)) continue;
      const name = key.replaceAll('\n', ' ');
      problems.push(`${what} ${name}: ${stored.get(key)}, should be ${due.get(key)}`);
    }
  };
  const read = async (sql: string, text: (row: Row) => [string, unknown]) =>
    new Map((await reader.query<Row[]>(sql)).map(text));

  const wallets = await read('SELECT * FROM points_wallet WHERE version > 0', (row) => [
    String(row.id),
    `version ${row.version}, ${row.freezes} freezes, merged into ${row.merged_into}`,
  ]);
  compare(
    'wallet',
    wallets,
    mapped(
      replay.wallets,
      ({ version, freezes, mergedInto }) =>
        `version ${version}, ${freezes} freezes, merged into ${mergedInto}`,
    ),
  );
  const units = await read('SELECT * FROM points_wallet_unit', (row) => [
    `${row.wallet_id}\n${row.unit}`,
    balanceText({
      available: toSafeInteger(row.available),
      pending: toSafeInteger(row.pending),
      held: toSafeInteger(row.held),
      debt: toSafeInteger(row.debt),
    }),
  ]);
  compare('balance', units, balancesOf(replay));
  const lots = await read(
    `SELECT wallet_id, ${lotColumns.join(', ')}, points FROM points_lot`,
    (row) => [`${row.wallet_id}\n${lotText(lotOf(row).key)}`, lotOf(row).points],
  );
  compare('lot', lots, replay.lots);
  const expired = await read(
    `SELECT wallet_id, ${lotColumns.join(', ')}, points FROM points_expired`,
    (row) => [`${row.wallet_id}\n${lotText(lotOf(row).key)}`, lotOf(row).points],
  );
  compare('expired lot', expired, replay.expired);
  const debts = await read('SELECT * FROM points_debt', (row) => [
    `${row.wallet_id}\n${debtText({ unit: String(row.unit), issuerId: String(row.issuer_id), priceClass: String(row.price_class) })}`,
    toSafeInteger(row.points),
  ]);
  compare('debt', debts, replay.debts);
  await verifyHolds(reader, replay, compare);
  await verifyOrigins(reader, replay, compare);
  await verifyFreezes(reader, replay, compare);
}

type Compare = (what: string, stored: Map<string, unknown>, due: Map<string, unknown>) => void;

async function verifyOrigins(
  reader: EntityManager,
  replay: Replay,
  compare: Compare,
): Promise<void> {
  const read = async (sql: string, text: (row: Row) => [string, unknown]) =>
    new Map((await reader.query<Row[]>(sql)).map(text));
  const accruals = await read('SELECT * FROM points_accrual', (row) => [
    String(row.entry_id),
    `${row.reversed} back, ${row.pending} pending until ${row.vests_on} of ${accrualTerms({
      seq: toSafeInteger(row.seq),
      walletId: String(row.wallet_id),
      causeKind: String(row.cause_kind),
      causeId: String(row.cause_id),
      causeLine: String(row.cause_line),
      lot: lotOf(row),
    })}`,
  ]);
  const due = mapped(
    replay.accruals,
    ({ terms, reversed, pending, vestsOn }) =>
      `${reversed} back, ${pending} pending until ${vestsOn} of ${terms}`,
  );
  compare('accrual', accruals, due);
  const burns = await read('SELECT * FROM points_burn', (row) => [
    `${row.entry_id}\n${row.line}`,
    `${row.refunded} of ${burnTerms({
      seq: toSafeInteger(row.seq),
      walletId: String(row.wallet_id),
      causeKind: String(row.cause_kind),
      causeId: String(row.cause_id),
      acceptorId: String(row.acceptor_id),
      lot: lotOf(row),
    })}`,
  ]);
  compare(
    'burn',
    burns,
    mapped(replay.burns, ({ terms, refunded }) => `${refunded} of ${terms}`),
  );
}

async function verifyFreezes(
  reader: EntityManager,
  { freezes }: Replay,
  compare: Compare,
): Promise<void> {
  const rows = await reader.query<Row[]>('SELECT * FROM points_freeze');
  const stored = rows.map((row): [string, string] => {
    const { walletId, evidenceHash, placedEntryId, placedOn, frozenSince } = freezeOf(row);
    const placed = `${walletId} ${evidenceHash} ${placedEntryId} ${row.placed_seq} ${placedOn} ${frozenSince}`;
    const lifted = `${row.lifted_entry_id} ${row.lifted_on} ${row.lifted_as}`;
    const isLifted = [row.lifted_entry_id, row.lifted_on, row.lifted_as].some(
      (one) => one !== null,
    );
    return [String(row.case_id), freezeTerms(placed, isLifted ? lifted : null)];
  });
  compare('freeze', new Map(stored), new Map(freezes.terms));
}

async function verifyHolds(reader: EntityManager, replay: Replay, compare: Compare): Promise<void> {
  const holds = await reader.query<Row[]>('SELECT * FROM points_hold');
  const terms = holds.map((row): [string, string] => {
    const agreed = holdTerms({
      acceptorId: String(row.acceptor_id),
      unit: String(row.unit),
      points: toSafeInteger(row.points),
      holdExpiresMs: toSafeInteger(row.expires_ms),
    });
    return [String(row.id), `${row.wallet_id}: ${row.state}\n${agreed}`];
  });
  compare(
    'hold',
    new Map(terms),
    mapped(replay.holds, ({ walletId, text }) => `${walletId}: ${text}`),
  );
  const lots = await reader.query<Row[]>(
    `SELECT hold_id, ${lotColumns.map((column) => `lot.${column}`).join(', ')}, lot.points AS points
     FROM points_hold_lot lot JOIN points_hold hold ON hold.id = lot.hold_id
     WHERE hold.state = 'PLACED'`,
  );
  const held = lots.map((row): [string, number] => {
    const { key, points } = lotOf(row);
    return [`${row.hold_id}\n${lotText(key)}`, points];
  });
  compare('held lot', new Map(held), replay.heldLots);
}

const balanceText = ({ available, pending, held, debt }: UnitState): string =>
  `${available} available, ${pending} pending, ${held} held, ${debt} debt`;

const balancesOf = ({ wallets }: Replay): Map<string, string> =>
  new Map(
    [...wallets].flatMap(([id, { units }]) =>
      [...units].map(([unit, balances]): [string, string] => [
        `${id}\n${unit}`,
        balanceText(balances),
      ]),
    ),
  );

const mapped = <From, To>(map: ReadonlyMap<string, From>, to: (value: From) => To) =>
  new Map([...map].map(([key, value]): [string, To] => [key, to(value)]));
