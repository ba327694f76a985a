import { addDays, type Day, dayOf, NEVER } from '../../../shared/calendar.ts';
import { lotText } from './lot.ts';
import type { SealedEntry } from './seal.ts';

/** What a case froze, as the journal tells it. */
type Frozen = {
  readonly walletId: string;
  readonly evidenceHash: string;
  readonly placedEntryId: string;
  readonly placedSeq: number;
  readonly placedOn: Day;
  /** Since when the wallet is frozen without a break. */
  readonly since: Day;
  lifted: Readonly<{ entryId: string; on: Day; as: string }> | null;
};

/** Entries that may take points out of a frozen wallet, or move them to a later expiry there. */
const GOES_ON = new Set(['REVERSE', 'DEDUCT', 'EXTEND', 'LIFT']);

/** The freezes made again from nothing but the journal, apart from the code that decides them. */
export class ReplayFreezes {
  /** By case. */
  readonly all = new Map<string, Frozen>();
  /** By wallet: the cases that freeze it. */
  readonly #open = new Map<string, Set<string>>();
  /** By wallet: the days that unfounded cases gave back. */
  readonly #given = new Map<string, Set<Day>>();

  /** How many cases freeze a wallet. */
  countOf(walletId: string): number {
    return this.#open.get(walletId)?.size ?? 0;
  }

  /** Answers what is wrong with an entry. */
  follow(entry: SealedEntry): string[] {
    const { kind, walletId, postings } = entry;
    const problems: string[] = [];
    if (!GOES_ON.has(kind)) {
      for (const { account, amount, ownerId } of postings) {
        if (account !== 'AVAILABLE' || amount >= 0 || this.countOf(ownerId) === 0) continue;
        problems.push(`${kind} takes points of ${ownerId}, which is frozen`);
      }
    }
    if (kind === 'FREEZE') problems.push(...this.#place(entry));
    if (kind === 'LIFT') problems.push(...this.#lift(entry));
    if (kind === 'DEDUCT' && this.#open.get(walletId)?.has(caseOf(entry)) !== true) {
      problems.push('deducts without an open case');
    }
    return problems;
  }

  #place(entry: SealedEntry): string[] {
    const { id, walletId, detail, seq, postings } = entry;
    const caseId = caseOf(entry);
    if (this.all.has(caseId)) return [`case ${caseId} froze before`];
    const placedOn = dayOf(new Date(entry.recordedMs));
    const open = this.#open.get(walletId) ?? new Set();
    this.#open.set(walletId, open);
    const others = [...open].flatMap((other) => this.all.get(other)?.since ?? []);
    open.add(caseId);
    this.all.set(caseId, {
      walletId,
      evidenceHash: String(detail?.evidenceHash),
      placedEntryId: id,
      placedSeq: seq,
      placedOn,
      since: Math.min(placedOn, ...others),
      lifted: null,
    });
    return postings.length === 0 ? [] : ['a freeze moves no points'];
  }

  #lift(entry: SealedEntry): string[] {
    const { walletId, detail, id } = entry;
    const caseId = caseOf(entry);
    const frozen = this.all.get(caseId);
    if (frozen === undefined || this.#open.get(walletId)?.delete(caseId) !== true) {
      return [`case ${caseId} is not open`];
    }
    const on = dayOf(new Date(entry.recordedMs));
    frozen.lifted = { entryId: id, on, as: String(detail?.outcome) };
    const days = detail?.outcome === 'UNFOUNDED' ? this.#giveBack(frozen, on) : 0;
    return [
      ...(detail?.days === days ? [] : [`gives ${detail?.days} days back, should be ${days}`]),
      ...wrongMoves(entry, frozen.since, days),
    ];
  }

  /** Day by day, each once. */
  #giveBack({ walletId, placedOn }: Frozen, today: Day): number {
    const given = this.#given.get(walletId) ?? new Set();
    this.#given.set(walletId, given);
    const before = given.size;
    for (let day = placedOn; day < today; day = addDays(day, 1)) given.add(day);
    return given.size - before;
  }
}

const caseOf = ({ detail }: SealedEntry): string => String(detail?.caseId);

/** Points of a lifted wallet only move to the lot that is good for just so many days longer. */
function wrongMoves({ postings }: SealedEntry, since: Day, days: number): string[] {
  const left = new Map<string, number>();
  const problems: string[] = [];
  for (const { account, key, amount } of postings) {
    if (account !== 'AVAILABLE' || amount > 0) continue;
    if (key.expiresOn <= since) problems.push('extends what had lapsed before');
    const to = Math.min(NEVER, addDays(key.expiresOn, days));
    const text = lotText({ ...key, expiresOn: to });
    left.set(text, (left.get(text) ?? 0) - amount);
  }
  for (const { account, key, amount } of postings) {
    const isDebt = account === 'DEBT' || account === 'OUTSTANDING';
    if (isDebt || (account === 'AVAILABLE' && amount < 0)) continue;
    const rest = (left.get(lotText(key)) ?? 0) - amount;
    left.set(lotText(key), rest);
    if (rest < 0 || (account !== 'AVAILABLE' && account !== 'REDEEMED')) {
      problems.push('moves points to another lot than the longer one');
    }
  }
  return problems;
}
