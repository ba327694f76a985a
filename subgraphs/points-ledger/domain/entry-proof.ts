import { type Hash, leafHash, rootFromPath } from './merkle.ts';
import { blockHash, fromHex, toHex } from './seal.ts';

/** What proves that an entry is in the books: plain JSON. Hashes are hexadecimal. */
export type EntryProof = Readonly<{
  format: typeof PROOF_FORMAT;
  /** The entry, in the very words that are sealed. */
  entry: string;
  /** The hashes beside the way from the entry up to the root of its block. */
  path: readonly string[];
  /** The block, in the very words that are hashed. */
  block: string;
  /** The hashes beside the way from the block up to the root of the checkpoint. */
  blockPath: readonly string[];
  /** The signed note. */
  checkpoint: string;
}>;

export const PROOF_FORMAT = 'tongdui entry proof 1';

/** What an entry and its block say of themselves when they are what the checkpoint is over. */
export type ProvenEntry = Readonly<{ id: string; seq: number; height: number; root: string }>;

/**
 * Follows a proof from the words of the entry up to the root over `size` blocks, which has to be that of
 * the checkpoint. Null when the proof breaks off on the way, or entry and block do not agree.
 */
export function followProof(hash: Hash, proof: EntryProof, size: number): ProvenEntry | null {
  const entry = parseList(proof.entry);
  const block = parseList(proof.block);
  const [, height, firstSeq, , entries, sealedRoot] = block;
  const [seq, id] = entry;
  const places = [seq, height, firstSeq, entries];
  if (!places.every((place) => Number.isSafeInteger(place)) || typeof id !== 'string') return null;
  const blockRoot = rootFromPath(
    hash,
    {
      leaf: leafHash(hash, encode(proof.entry)),
      index: Number(seq) - Number(firstSeq),
      size: Number(entries),
    },
    proof.path.map(fromHex),
  );
  if (blockRoot === null || toHex(blockRoot) !== sealedRoot) return null;
  const leaf = leafHash(hash, fromHex(blockHash(hash, encode(proof.block))));
  const index = Number(height) - 1;
  const root = rootFromPath(hash, { leaf, index, size }, proof.blockPath.map(fromHex));
  return root === null ? null : { id, seq: Number(seq), height: Number(height), root: toHex(root) };
}

function parseList(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
