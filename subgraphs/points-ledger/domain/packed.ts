import type { PointsCommand } from './command.ts';
import type { AccountKind, Detail } from './entry.ts';
import type { LotKey } from './lot.ts';
import type { SealedEntry } from './seal.ts';

/**
 * Many entries in a form that goes from one thread to another with few copies: texts, and numbers that are
 * either amounts or places of texts.
 */
export type PackedEntries = Readonly<{
  texts: readonly string[];
  /** Six places of texts, but for the third, a day, for each key of a lot. */
  keys: Float64Array;
  numbers: Float64Array;
}>;

/** A text or a number that is null, and a balance that is not said at all. */
const NULL = -1;
const NULL_NUMBER = Number.NaN;
const UNSAID = Number.NEGATIVE_INFINITY;

/** Packs entries, one after the other. */
export class Packer {
  readonly #texts: string[] = [];
  /** Texts that come again: those of ids of entries, causes and holds seldom do. */
  readonly #places = new Map<string, number>();
  readonly #keysOfIssuer = new Map<string, PackedKey[]>();
  readonly #keys: number[] = [];
  #numbers = new Float64Array(NUMBERS_FIRST);
  #size = 0;

  add(entry: SealedEntry): void {
    const wallet = this.#text(entry.walletId);
    this.#reserve(ENTRY_SIZE + POSTING_SIZE * entry.postings.length + 2 * entry.reversals.length);
    this.#put(entry.seq);
    this.#put(this.#fresh(entry.id));
    this.#put(this.#text(entry.kind));
    this.#put(wallet);
    this.#put(entry.walletVersion);
    this.#put(this.#text(entry.unit));
    this.#put(entry.points);
    this.#put(this.#text(entry.causeKind));
    this.#put(this.#fresh(entry.causeId));
    this.#put(this.#text(entry.ruleVersion));
    this.#put(this.#fresh(entry.reversesId));
    this.#put(this.#fresh(entry.holdId));
    this.#put(this.#text(entry.acceptorId));
    this.#put(entry.holdExpiresMs ?? NULL_NUMBER);
    this.#put(this.#text(entry.counterWalletId));
    this.#put(entry.counterVersion ?? NULL_NUMBER);
    this.#put(this.#text(entry.actorId));
    this.#put(this.#fresh(entry.detail === null ? null : JSON.stringify(entry.detail)));
    this.#put(entry.recordedMs);
    this.#put(entry.postings.length);
    let last: PackedKey | null = null;
    for (const { account, ownerId, key, amount, claim, balanceAfter = UNSAID } of entry.postings) {
      if (last?.key !== key) last = this.#key(key);
      this.#put(this.#text(account));
      this.#put(ownerId === entry.walletId ? wallet : this.#text(ownerId));
      this.#put(last.place);
      this.#put(amount);
      this.#put(claim?.amountMinor ?? NULL_NUMBER);
      this.#put(this.#text(claim?.currency ?? null));
      this.#put(balanceAfter ?? NULL_NUMBER);
    }
    this.#put(entry.reversals.length);
    for (const { accrualId, points } of entry.reversals) {
      this.#put(this.#fresh(accrualId));
      this.#put(points);
    }
  }

  packed(): PackedEntries {
    return {
      texts: this.#texts,
      keys: new Float64Array(this.#keys),
      numbers: this.#numbers.slice(0, this.#size),
    };
  }

  #put(number: number): void {
    this.#numbers[this.#size] = number;
    this.#size += 1;
  }

  #reserve(count: number): void {
    if (this.#size + count <= this.#numbers.length) return;
    const larger = new Float64Array(2 * this.#numbers.length + count);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }

  #text(text: string | null): number {
    if (text === null) return NULL;
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#fresh(text);
      this.#places.set(text, place);
    }
    return place;
  }

  #fresh(text: string | null): number {
    return text === null ? NULL : this.#texts.push(text) - 1;
  }

  #key(key: LotKey): PackedKey {
    let own = this.#keysOfIssuer.get(key.issuerId);
    if (own === undefined) {
      own = [];
      this.#keysOfIssuer.set(key.issuerId, own);
    }
    const known = own.find((one) => isSameKey(one.key, key));
    if (known !== undefined) return { key, place: known.place };
    const packed = { key, place: this.#keys.length / KEY_SIZE };
    own.push(packed);
    this.#keys.push(
      this.#text(key.unit),
      this.#text(key.issuerId),
      key.expiresOn,
      this.#text(key.priceClass),
      this.#text(key.contributor),
      this.#text(key.useScope),
    );
    return packed;
  }
}

const KEY_SIZE = 6;
/** Numbers of an entry without its lines, and of a posting. */
const ENTRY_SIZE = 21;
const POSTING_SIZE = 7;
const NUMBERS_FIRST = 64 * 1024;

type PackedKey = Readonly<{ key: LotKey; place: number }>;

const isSameKey = (a: LotKey, b: LotKey): boolean =>
  a.unit === b.unit &&
  a.issuerId === b.issuerId &&
  a.expiresOn === b.expiresOn &&
  a.priceClass === b.priceClass &&
  a.contributor === b.contributor &&
  a.useScope === b.useScope;

type Posting = SealedEntry['postings'][number];

/** Takes entries out again, in their order. Equal keys of lots are one object. */
export class Unpacker {
  readonly #texts: readonly string[];
  readonly #numbers: Float64Array;
  readonly #keys: LotKey[] = [];
  #at = 0;

  constructor({ texts, keys, numbers }: PackedEntries) {
    this.#texts = texts;
    this.#numbers = numbers;
    for (let at = 0; at < keys.length; at += KEY_SIZE) {
      this.#keys.push({
        unit: this.#textAt(keys[at]),
        issuerId: this.#textAt(keys[at + 1]),
        expiresOn: keys[at + 2] ?? 0,
        priceClass: this.#textAt(keys[at + 3]),
        contributor: this.#textAt(keys[at + 4]),
        useScope: this.#textAt(keys[at + 5]),
      });
    }
  }

  take(count: number): SealedEntry[] {
    const entries: SealedEntry[] = [];
    for (let taken = 0; taken < count; taken += 1) entries.push(this.#entry());
    return entries;
  }

  /** Every field is read in the order in which it was put in. */
  #entry(): SealedEntry {
    return {
      seq: this.#number(),
      id: this.#text(),
      // What was packed was an entry.
      kind: this.#text() as PointsCommand['kind'],
      walletId: this.#text(),
      walletVersion: this.#number(),
      unit: this.#text(),
      points: this.#number(),
      causeKind: this.#text(),
      causeId: this.#text(),
      ruleVersion: this.#textOrNull(),
      reversesId: this.#textOrNull(),
      holdId: this.#textOrNull(),
      acceptorId: this.#textOrNull(),
      holdExpiresMs: this.#numberOrNull(),
      counterWalletId: this.#textOrNull(),
      counterVersion: this.#numberOrNull(),
      actorId: this.#textOrNull(),
      detail: this.#detail(),
      recordedMs: this.#number(),
      postings: this.#list(() => this.#posting()),
      reversals: this.#list(() => ({ accrualId: this.#text(), points: this.#number() })),
    };
  }

  #list<One>(one: () => One): One[] {
    const all: One[] = [];
    for (let left = this.#number(); left > 0; left -= 1) all.push(one());
    return all;
  }

  #detail(): Detail | null {
    const text = this.#textOrNull();
    return text === null ? null : JSON.parse(text);
  }

  #posting(): Posting {
    const account = this.#text() as AccountKind;
    const ownerId = this.#text();
    // Only places of keys are ever packed there.
    const key = this.#keys[this.#number()] as LotKey;
    const amount = this.#number();
    const amountMinor = this.#number();
    const currency = this.#textOrNull();
    const claim = currency === null ? null : { amountMinor, currency };
    const balance = this.#number();
    if (balance === UNSAID) return { account, ownerId, key, amount, claim };
    const balanceAfter = Number.isNaN(balance) ? null : balance;
    return { account, ownerId, key, amount, claim, balanceAfter };
  }

  #number(): number {
    const number = this.#numbers[this.#at];
    if (number === undefined) throw new Error('Broken invariant: an entry is packed whole');
    this.#at += 1;
    return number;
  }

  #numberOrNull(): number | null {
    const number = this.#number();
    return Number.isNaN(number) ? null : number;
  }

  #text(): string {
    return this.#textAt(this.#number());
  }

  #textOrNull(): string | null {
    const place = this.#number();
    return place === NULL ? null : this.#textAt(place);
  }

  #textAt(place = NULL): string {
    const text = this.#texts[place];
    if (text === undefined) throw new Error('Broken invariant: a text is packed with its entry');
    return text;
  }
}
