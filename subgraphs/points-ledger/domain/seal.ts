import type { Request } from './answer.ts';
import type { Entry } from './entry.ts';
import { compareText } from './lot.ts';
import { type Hash, leafHash, merkleRoot } from './merkle.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** An entry at its place in the books. */
export type PlacedEntry = Entry & Readonly<{ seq: number; recordedMs: number }>;

export type AnsweredRequest = Readonly<{
  scope: Request['scope'];
  key: Request['key'];
  requestHash: string;
  /** The outcome as it is stored, JSON. */
  outcome: string;
}>;

/** What seals one batch. Hashes are hexadecimal. */
export type Block = Readonly<{
  height: number;
  prevHash: string;
  hash: string;
  root: string;
  answersHash: string;
  firstSeq: number;
  /** One below `firstSeq` when the batch held refusals only. */
  lastSeq: number;
  entries: number;
  recordedMs: number;
}>;

/** What of an entry is sealed: all that was decided, in a fixed order; no balance that follows from it. */
export const entryLeaf = (hash: Hash, entry: PlacedEntry): Uint8Array =>
  leafHash(
    hash,
    bytes([
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
      entry.recordedMs,
      entry.postings.map(({ account, ownerId, key, amount, claim }) => [
        account,
        ownerId,
        key.unit,
        key.issuerId,
        key.expiresOn,
        key.priceClass,
        key.contributor,
        key.useScope,
        amount,
        claim?.amountMinor ?? null,
        claim?.currency ?? null,
      ]),
      entry.reversals.map(({ accrualId, points }) => [accrualId, points]),
      ...further(entry),
    ]),
  );

/** What few entries have. The others are sealed as before there was such a thing. */
function further({ counterWalletId, counterVersion, actorId, detail }: PlacedEntry): unknown[] {
  const all = [counterWalletId, counterVersion, actorId, detail];
  if (all.every((one) => one === null)) return [];
  return [
    [counterWalletId, counterVersion, actorId, detail && Object.entries(detail).toSorted(byName)],
  ];
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => compareText(a, b);

/** What one batch did. */
export type BlockContent = Readonly<{
  entries: readonly PlacedEntry[];
  answers: readonly AnsweredRequest[];
  recordedMs: number;
}>;

/** Seals a batch: its entries by their Merkle root, its answers by one hash, and all that came before. */
export function sealBlock(
  hash: Hash,
  head: Readonly<{ height: number; hash: string; nextSeq: number }>,
  { entries, answers, recordedMs }: BlockContent,
): Block {
  const root = toHex(
    merkleRoot(
      hash,
      entries.map((entry) => entryLeaf(hash, entry)),
    ),
  );
  const answersHash = toHex(
    hash(
      bytes(
        answers.map(({ scope, key, requestHash, outcome }) => [scope, key, requestHash, outcome]),
      ),
    ),
  );
  const height = head.height + 1;
  const firstSeq = head.nextSeq;
  const lastSeq = firstSeq + entries.length - 1;
  const header = [
    head.hash,
    height,
    firstSeq,
    lastSeq,
    entries.length,
    root,
    answersHash,
    recordedMs,
  ];
  const sealed = new Uint8Array([0x01, ...bytes(header)]);
  return {
    height,
    prevHash: head.hash,
    hash: toHex(hash(sealed)),
    root,
    answersHash,
    firstSeq,
    lastSeq,
    entries: entries.length,
    recordedMs,
  };
}

/** What the first block follows. */
export const GENESIS_HASH = '0'.repeat(64);

const toHex = (content: Uint8Array): string =>
  Array.from(content, (byte) => byte.toString(16).padStart(2, '0')).join('');
