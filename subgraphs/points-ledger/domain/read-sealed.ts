import type { PointsCommand } from './command.ts';
import type { AccountKind, Detail } from './entry.ts';
import type { LotKey } from './lot.ts';
import type { AnsweredRequest, Block, SealedEntry } from './seal.ts';

/** A block from the words that are hashed of it (`headerBytes`). Throws when it is none. */
export function headerOf(sealed: unknown): Omit<Block, 'hash'> {
  const [prevHash, height, firstSeq, lastSeq, entries, root, answersHash, recordedMs] =
    listOf(sealed);
  return {
    prevHash: textOf(prevHash),
    height: integerOf(height),
    firstSeq: integerOf(firstSeq),
    lastSeq: integerOf(lastSeq),
    entries: integerOf(entries),
    root: textOf(root),
    answersHash: textOf(answersHash),
    recordedMs: integerOf(recordedMs),
  };
}

/** The answers of a block from the words that are sealed of them (`answersBytes`). Throws when it is none. */
export const answersOf = (sealed: unknown): AnsweredRequest[] =>
  listOf(sealed).map((answer) => {
    const [scope, key, requestHash, outcome] = listOf(answer).map(textOf);
    return {
      scope: textOf(scope),
      key: textOf(key),
      requestHash: textOf(requestHash),
      outcome: textOf(outcome),
    };
  });

/**
 * An entry from the words that are sealed of it (`entryBytes`). Throws when it is none. Balances follow
 * from the entries, so they are not among them.
 */
export function entryOf(sealed: unknown): SealedEntry {
  const list = listOf(sealed);
  const [counterWalletId, counterVersion, actorId, detail] = list[17] ? listOf(list[17]) : [];
  return {
    seq: integerOf(list[0]),
    id: textOf(list[1]),
    // The replay finds out what is none of our kinds.
    kind: textOf(list[2]) as PointsCommand['kind'],
    walletId: textOf(list[3]),
    walletVersion: integerOf(list[4]),
    unit: textOf(list[5]),
    points: integerOf(list[6]),
    causeKind: textOf(list[7]),
    causeId: textOf(list[8]),
    ruleVersion: textOrNull(list[9]),
    reversesId: textOrNull(list[10]),
    holdId: textOrNull(list[11]),
    acceptorId: textOrNull(list[12]),
    holdExpiresMs: integerOrNull(list[13]),
    recordedMs: integerOf(list[14]),
    postings: postingsOf(listOf(list[15])),
    reversals: listOf(list[16]).map((reversal) => {
      const [accrualId, points] = listOf(reversal);
      return { accrualId: textOf(accrualId), points: integerOf(points) };
    }),
    counterWalletId: textOrNull(counterWalletId),
    counterVersion: integerOrNull(counterVersion),
    actorId: textOrNull(actorId),
    detail: detail ? detailOf(listOf(detail)) : null,
  };
}

type Posting = SealedEntry['postings'][number];

/** Neighbours of one lot share its key: what is made of a key is then made once. */
function postingsOf(sealed: readonly unknown[]): Posting[] {
  const postings: Posting[] = [];
  let last: LotKey | null = null;
  for (const one of sealed) {
    const list = listOf(one);
    const claimMinor = integerOrNull(list[9]);
    last = last !== null && isKey(list, last) ? last : keyOf(list);
    postings.push({
      account: textOf(list[0]) as AccountKind,
      ownerId: textOf(list[1]),
      key: last,
      amount: integerOf(list[8]),
      claim: claimMinor === null ? null : { amountMinor: claimMinor, currency: textOf(list[10]) },
    });
  }
  return postings;
}

const keyOf = (list: readonly unknown[]): LotKey => ({
  unit: textOf(list[2]),
  issuerId: textOf(list[3]),
  expiresOn: integerOf(list[4]),
  priceClass: textOf(list[5]),
  contributor: textOf(list[6]),
  useScope: textOf(list[7]),
});

const isKey = (list: readonly unknown[], key: LotKey): boolean =>
  list[2] === key.unit &&
  list[3] === key.issuerId &&
  list[4] === key.expiresOn &&
  list[5] === key.priceClass &&
  list[6] === key.contributor &&
  list[7] === key.useScope;

const detailOf = (facts: readonly unknown[]): Detail =>
  Object.fromEntries(
    facts.map((fact) => {
      const [name, value] = listOf(fact);
      return [textOf(name), typeof value === 'number' ? integerOf(value) : textOrNull(value)];
    }),
  );

class NotSealed extends Error {}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new NotSealed('no list');
  return value;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new NotSealed('no text');
  return value;
}

function integerOf(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new NotSealed('no whole number');
  return Number(value);
}

const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : textOf(value);

const integerOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : integerOf(value);
