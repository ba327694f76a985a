import type { Request } from './answer.ts';
import type { Entry, Posting } from './entry.ts';
import { compareText } from './lot.ts';
import { type Hash, leafHash, merkleRoot } from './merkle.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** An entry at its place in the books. */
export type PlacedEntry = Entry & Readonly<{ seq: number; recordedMs: number }>;

/** An entry as it is sealed: without the balances, which follow from it and those before. */
export type SealedEntry = Omit<PlacedEntry, 'postings'> &
  Readonly<{
    postings: readonly (Omit<Posting, 'balanceAfter'> & Partial<Pick<Posting, 'balanceAfter'>>)[];
  }>;

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

export const entryLeaf = (hash: Hash, entry: PlacedEntry): Uint8Array =>
  leafHash(hash, entryBytes(entry));

/** What of an entry is sealed: all that was decided, in a fixed order; no balance that follows from it. */
export const entryBytes = (entry: PlacedEntry): Uint8Array =>
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
  ]);

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
  const firstSeq = head.nextSeq;
  const header = {
    height: head.height + 1,
    prevHash: head.hash,
    root,
    answersHash: toHex(hash(answersBytes(answers))),
    firstSeq,
    lastSeq: firstSeq + entries.length - 1,
    entries: entries.length,
    recordedMs,
  };
  return { ...header, hash: blockHash(hash, headerBytes(header)) };
}

/** What of the answers of a batch is sealed. */
export const answersBytes = (answers: readonly AnsweredRequest[]): Uint8Array =>
  bytes(answers.map(({ scope, key, requestHash, outcome }) => [scope, key, requestHash, outcome]));

/** What a block is the hash of, in a fixed order. */
export const headerBytes = (block: Omit<Block, 'hash'>): Uint8Array =>
  bytes([
    block.prevHash,
    block.height,
    block.firstSeq,
    block.lastSeq,
    block.entries,
    block.root,
    block.answersHash,
    block.recordedMs,
  ]);

/** The hash of a block, hexadecimal, over what `headerBytes` gives. */
export function blockHash(hash: Hash, header: Uint8Array): string {
  const sealed = new Uint8Array(header.length + 1);
  sealed[0] = BLOCK;
  sealed.set(header, 1);
  return toHex(hash(sealed));
}

/** What is hashed of a block begins with it. */
const BLOCK = 0x01;

/** What the first block follows. */
export const GENESIS_HASH = '0'.repeat(64);

export function toHex(content: Uint8Array): string {
  let text = '';
  for (const byte of content) text += HEX[byte];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
