import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../shared/calendar.ts';
import type { PointsCommand } from '../../../subgraphs/points-ledger/domain/command.ts';
import { isPool, monthOf } from '../../../subgraphs/points-ledger/domain/registers.ts';
import {
  capOf,
  coversOf,
  isFamily,
  isRegistered,
  openingCommands,
  poolAt,
  RELATIVES,
  TRANSFER_RULES,
} from './terms.ts';

type Row = Record<string, unknown>;

type Line = Readonly<{
  account: string;
  ownerId: string;
  unit: string;
  issuerId: string;
  contributor: string;
  amount: number;
}>;

type Entry = Readonly<{
  seq: number;
  kind: PointsCommand['kind'];
  walletId: string;
  counterWalletId: string;
  actorId: string;
  unit: string;
  points: number;
  holdId: string;
  month: number;
  lines: readonly Line[];
}>;

/**
 * What the registers forbid does not follow from the journal, so `verify` says nothing of it. Goes through the
 * journal once and tells of every entry that should have been refused: spent while frozen, given to whom the
 * issuer does not allow, spent beyond a cap, issued beyond a cover. Shares no code with what decides it.
 */
export async function forbidden(reader: EntityManager, commands: number): Promise<string[]> {
  const watch = new Watch(commands);
  for (const entry of await readJournal(reader)) watch.see(entry);
  return watch.problems;
}

/** No number for guests, who belong to nobody. */
const numberOf = (walletId: string): number => Number(walletId.replace(/^wallet-/, ''));

/** What nobody does while her wallet is frozen. What was promised before goes on. */
const BY_WILL: readonly string[] = ['BURN', 'HOLD', 'CONVERT', 'TRANSFER', 'CONTRIBUTE', 'EXPIRE'];

class Watch {
  readonly problems: string[] = [];
  readonly #frozen = new Map<string, number>();
  readonly #merged = new Set<string>();
  readonly #open = new Map<string, number>();
  readonly #covered: ReadonlyMap<string, number>;
  readonly #openings: number;
  readonly #spent = new Map<string, number>();
  /** Holds of pools, by where they count. */
  readonly #held = new Map<string, Readonly<{ text: string; points: number }>>();

  constructor(commands: number) {
    this.#openings = openingCommands(commands).length;
    this.#covered = new Map(
      coversOf(commands).map(({ issuerId, unit, covered }) => [`${issuerId} ${unit}`, covered]),
    );
  }

  see(entry: Entry): void {
    this.#watchMerges(entry);
    this.#watchFreezes(entry);
    this.#watchCovers(entry);
    this.#watchCaps(entry);
    if (entry.kind === 'TRANSFER') this.#watchTransfer(entry);
    if (entry.kind === 'CONTRIBUTE') this.#watchContribution(entry);
    if (entry.kind === 'WITHDRAW') this.#watchWithdrawal(entry);
  }

  #watchFreezes(entry: Entry): void {
    const { kind, walletId, counterWalletId, actorId } = entry;
    const frozen = this.#frozen.get(walletId) ?? 0;
    if (kind === 'FREEZE') this.#frozen.set(walletId, frozen + 1);
    if (kind === 'LIFT') this.#frozen.set(walletId, frozen - 1);
    const acting = BY_WILL.includes(kind) ? [walletId, actorId] : [];
    const concerned = kind === 'CONTRIBUTE' ? [...acting, counterWalletId] : acting;
    this.#check(
      entry,
      concerned.every((id) => (this.#frozen.get(id) ?? 0) === 0),
      'moved points of a frozen wallet',
    );
  }

  #watchMerges(entry: Entry): void {
    const { kind, walletId, counterWalletId } = entry;
    const both = [walletId, counterWalletId];
    this.#check(
      entry,
      !both.some((id) => this.#merged.has(id)),
      'changed a wallet that was merged',
    );
    if (kind !== 'MERGE') return;
    const isFrozen = both.some((id) => (this.#frozen.get(id) ?? 0) > 0);
    this.#check(entry, !isFrozen, 'merged a frozen wallet');
    this.#check(entry, !(numberOf(walletId) <= RELATIVES), 'merged one of a family');
    this.#merged.add(walletId);
  }

  /** Only what issues is refused at the cover; what gives back may lift what is open above it. */
  #watchCovers(entry: Entry): void {
    const touched = new Set<string>();
    for (const { account, ownerId, unit, issuerId, amount } of entry.lines) {
      const text = `${issuerId} ${unit}`;
      const isAtOthers = account === 'REDEEMED' && ownerId !== issuerId;
      if (!isAtOthers && !['AVAILABLE', 'PENDING', 'HELD'].includes(account)) continue;
      this.#open.set(text, (this.#open.get(text) ?? 0) + amount);
      if (amount > 0) touched.add(text);
    }
    if (entry.kind !== 'ACCRUE' && entry.kind !== 'CONVERT') return;
    for (const text of touched) {
      const covered = this.#covered.get(text) ?? Number.POSITIVE_INFINITY;
      const open = this.#open.get(text) ?? 0;
      this.#check(entry, open <= covered, `has ${open} open of ${covered} (${text})`);
    }
  }

  #watchCaps(entry: Entry): void {
    const { kind, walletId, actorId, unit, points, holdId, month } = entry;
    if (!isPool(walletId)) return;
    if (kind === 'RELEASE') {
      const held = this.#held.get(holdId);
      if (held !== undefined) this.#spend(held.text, -held.points);
    }
    if (kind !== 'BURN' && kind !== 'HOLD') return;
    const number = numberOf(actorId);
    this.#check(entry, poolAt(number) === walletId, 'was spent by a stranger');
    const text = `${walletId} ${actorId} ${unit} ${month}`;
    if (kind === 'HOLD') this.#held.set(holdId, { text, points });
    const cap = unit === 'ALLIANCE' ? capOf(number) : null;
    const spent = this.#spend(text, points);
    this.#check(entry, cap === null || spent <= cap, `spent ${spent} of at most ${cap}`);
  }

  #spend(text: string, points: number): number {
    const spent = (this.#spent.get(text) ?? 0) + points;
    this.#spent.set(text, spent);
    return spent;
  }

  #watchTransfer(entry: Entry): void {
    const [from, to] = [numberOf(entry.walletId), numberOf(entry.counterWalletId)];
    const rules = { FAMILY: isFamily(from, to), REGISTERED: isRegistered(from, to) };
    const isAllowed = takenFrom(entry).every(({ issuerId }) => {
      const rule = TRANSFER_RULES[issuerId];
      return rule !== undefined && rules[rule];
    });
    this.#check(entry, isAllowed && from !== to, 'gave points to whom their issuer forbids');
  }

  #watchContribution(entry: Entry): void {
    const isAllowed = takenFrom(entry).every(({ issuerId }) => issuerId in TRANSFER_RULES);
    const isOwn = poolAt(numberOf(entry.walletId)) === entry.counterWalletId;
    // She who left had put points there before.
    const isOfStart = entry.seq <= this.#openings;
    this.#check(entry, isAllowed && (isOwn || isOfStart), 'pooled what may not be');
  }

  #watchWithdrawal(entry: Entry): void {
    const isOwn = takenFrom(entry).every(
      ({ contributor }) => contributor === entry.counterWalletId,
    );
    this.#check(entry, isOwn, "took somebody else's points out of a pool");
  }

  #check({ seq, kind }: Entry, isRight: boolean, problem: string): void {
    if (!isRight) this.problems.push(`entry ${seq}, ${kind}: ${problem}`);
  }
}

/** What the wallet of an entry gives away by it. */
const takenFrom = ({ walletId, lines }: Entry): Line[] =>
  lines.filter(
    ({ account, ownerId, amount }) => account === 'AVAILABLE' && ownerId === walletId && amount < 0,
  );

async function readJournal(reader: EntityManager): Promise<Entry[]> {
  const postings = await reader.query<Row[]>(
    `SELECT seq, account, owner_id, unit, issuer_id, contributor, amount FROM points_posting
     ORDER BY seq, line`,
  );
  const lines = Map.groupBy(postings, ({ seq }) => Number(seq));
  const rows = await reader.query<Row[]>(
    `SELECT seq, kind, wallet_id, counter_wallet_id, actor_id, unit, points, hold_id, recorded_ms
     FROM points_journal_entry ORDER BY seq`,
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    // The books know no other kinds.
    kind: row.kind as Entry['kind'],
    walletId: String(row.wallet_id),
    counterWalletId: String(row.counter_wallet_id ?? ''),
    actorId: String(row.actor_id ?? ''),
    unit: String(row.unit),
    points: Number(row.points),
    holdId: String(row.hold_id ?? ''),
    month: monthOf(dayOf(new Date(Number(row.recorded_ms)))),
    lines: (lines.get(Number(row.seq)) ?? []).map((line) => ({
      account: String(line.account),
      ownerId: String(line.owner_id),
      unit: String(line.unit),
      issuerId: String(line.issuer_id),
      contributor: String(line.contributor),
      amount: Number(line.amount),
    })),
  }));
}
