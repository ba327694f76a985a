import { addDays, type Day, dayOf, NEVER } from '../../../shared/calendar.ts';
import { lotText } from './lot.ts';
import type { PlacedEntry } from './seal.ts';

/** What a case froze, as the journal tells it. */
type Frozen = Readonly<{ walletId: string; since: Day; placedOn: Day; placed: string }>;

/** Entries that may take points out of a frozen wallet, or move them to a later expiry there. */
const GOES_ON = new Set(['REVERSE', 'DEDUCT', 'EXTEND', 'LIFT']);

/** The freezes made again from nothing but the journal, apart from the code that decides them. */
export class ReplayFreezes {
  /** By case, as `freezeTerms` says them. */
  readonly terms = new Map<string, string>();
  readonly #open = new Map<string, Frozen>();
  readonly #counts = new Map<string, number>();
  /** By wallet: the days that unfounded cases gave back. */
  readonly #given = new Map<string, Set<Day>>();

  /** How many cases freeze a wallet. */
  countOf(walletId: string): number {
    return this.#counts.get(walletId) ?? 0;
  }

  /** Answers what is wrong with an entry. */
  follow(entry: PlacedEntry): string[] {
    const { kind, postings } = entry;
    const taken = GOES_ON.has(kind)
      ? []
      : postings.filter(
          ({ account, amount, ownerId }) =>
            account === 'AVAILABLE' && amount < 0 && this.countOf(ownerId) > 0,
        );
    const problems = taken.map(({ ownerId }) => `${kind} takes points of ${ownerId}, frozen`);
    if (kind === 'FREEZE') return [...problems, ...this.#place(entry)];
    if (kind === 'LIFT') return [...problems, ...this.#lift(entry)];
    if (kind === 'DEDUCT') {
      const isOpen = this.#open.get(caseOf(entry))?.walletId === entry.walletId;
      return isOpen ? problems : [...problems, 'deducts without an open case'];
    }
    return problems;
  }

  #place(entry: PlacedEntry): string[] {
    const { id, walletId, detail, seq, postings } = entry;
    const caseId = caseOf(entry);
    if (this.terms.has(caseId)) return [`case ${caseId} froze before`];
    const placedOn = dayOf(new Date(entry.recordedMs));
    const others = [...this.#open.values()].filter((one) => one.walletId === walletId);
    const since = Math.min(placedOn, ...others.map((one) => one.since));
    const placed = `${walletId} ${detail?.evidenceHash} ${id} ${seq} ${placedOn} ${since}`;
    this.#counts.set(walletId, this.countOf(walletId) + 1);
    this.#open.set(caseId, { walletId, since, placedOn, placed });
    this.terms.set(caseId, freezeTerms(placed, null));
    return postings.length === 0 ? [] : ['a freeze moves no points'];
  }

  #lift(entry: PlacedEntry): string[] {
    const { walletId, detail, id } = entry;
    const caseId = caseOf(entry);
    const frozen = this.#open.get(caseId);
    if (frozen?.walletId !== walletId) return [`case ${caseId} is not open`];
    this.#open.delete(caseId);
    this.#counts.set(walletId, this.countOf(walletId) - 1);
    const today = dayOf(new Date(entry.recordedMs));
    this.terms.set(caseId, freezeTerms(frozen.placed, `${id} ${today} ${detail?.outcome}`));
    const days = detail?.outcome === 'UNFOUNDED' ? this.#giveBack(frozen, today) : 0;
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

/** A freeze as text: what placed it, and what lifted it. */
export const freezeTerms = (placed: string, lifted: string | null): string =>
  `${placed}, lifted by ${lifted}`;

const caseOf = ({ detail }: PlacedEntry): string => String(detail?.caseId);

/** Points of a lifted wallet only move to the lot that is good for just so many days longer. */
function wrongMoves({ postings }: PlacedEntry, since: Day, days: number): string[] {
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
