import { addDays, type Day, dayOf, NEVER } from '../../shared/calendar.ts';

/** One thing that happens to the books of a few members. */
export type Event =
  | Readonly<{ kind: 'accrue'; wallet: string; points: number; days: number }>
  | Readonly<{ kind: 'burn' | 'hold'; wallet: string; points: number }>
  | Readonly<{ kind: 'release' | 'capture'; nth: number }>
  | Readonly<{ kind: 'clock'; hours: number }>
  /** `steps`: how far another run comes before it is killed; null: it is this process's own run. */
  | Readonly<{ kind: 'run'; steps: number | null }>;

type Tranche = { readonly wallet: string; readonly expiresOn: Day; points: number };
export type Placed = Readonly<{ wallet: string; id: string; parts: readonly Tranche[] }>;

/**
 * What the books should say, in the plainest way: a list of points with a day each. It knows no issuers,
 * no entries and no database, and is slow.
 */
export class Reference {
  readonly points: Tranche[] = [];
  readonly open: Placed[] = [];
  readonly expired = new Map<string, number>();
  redeemed = 0;
  issued = 0;
  /** The wallets that had a run on a day: none has two. */
  readonly #done = new Set<string>();
  #ownDay: Day = 0;
  #lastMs = 0;
  clockMs: number;

  constructor(clockMs: number) {
    this.clockMs = clockMs;
  }

  /** The books never go back, whatever the clock does. */
  get today(): Day {
    return dayOf(new Date(Math.max(this.clockMs, this.#lastMs)));
  }

  available(wallet: string): number {
    return total(this.#good(wallet));
  }

  held(wallet: string): number {
    return total(this.open.filter((hold) => hold.wallet === wallet).flatMap(({ parts }) => parts));
  }

  accrue(wallet: string, points: number, expiresOn: Day): boolean {
    this.#book();
    if (expiresOn <= this.today) return false;
    this.points.push({ wallet, expiresOn, points });
    this.issued += points;
    return true;
  }

  burn(wallet: string, points: number): boolean {
    const taken = this.#take(wallet, points);
    if (taken !== null) this.redeemed += points;
    return taken !== null;
  }

  hold(wallet: string, points: number, id: string): boolean {
    const parts = this.#take(wallet, points);
    if (parts !== null) this.open.push({ wallet, id, parts });
    return parts !== null;
  }

  release(nth: number): void {
    this.#book();
    for (const part of this.open.splice(nth, 1).flatMap(({ parts }) => parts))
      this.points.push(part);
  }

  capture(nth: number): void {
    this.#book();
    this.redeemed += total(this.open.splice(nth, 1).flatMap(({ parts }) => parts));
  }

  /** A whole run. A process that had one on a day does not begin another. */
  run(isOwn: boolean): void {
    const { today } = this;
    if (isOwn && this.#ownDay >= today) return;
    if (isOwn) this.#ownDay = today;
    for (const wallet of new Set(this.points.map((one) => one.wallet))) {
      const lapsed = this.points.filter(
        (one) => one.wallet === wallet && one.expiresOn <= today && one.points > 0,
      );
      if (lapsed.length === 0 || this.#done.has(`${wallet} ${today}`)) continue;
      this.#done.add(`${wallet} ${today}`);
      this.#book();
      this.expired.set(wallet, (this.expired.get(wallet) ?? 0) + total(lapsed));
      for (const one of lapsed) one.points = 0;
    }
  }

  #book(): void {
    this.#lastMs = Math.max(this.clockMs, this.#lastMs);
  }

  #good(wallet: string): Tranche[] {
    return this.points
      .filter((one) => one.wallet === wallet && one.points > 0 && this.today < one.expiresOn)
      .toSorted((a, b) => a.expiresOn - b.expiresOn);
  }

  #take(wallet: string, points: number): Tranche[] | null {
    this.#book();
    if (this.available(wallet) < points) return null;
    let open = points;
    const taken: Tranche[] = [];
    for (const one of this.#good(wallet)) {
      const part = Math.min(open, one.points);
      if (part > 0) taken.push({ ...one, points: part });
      one.points -= part;
      open -= part;
    }
    return taken;
  }
}

/** 0 days ahead: never. */
export const expiryIn = (today: Day, days: number): Day =>
  days === 0 ? NEVER : addDays(today, days);

const total = (tranches: readonly Tranche[]): number =>
  tranches.reduce((all, { points }) => all + points, 0);
