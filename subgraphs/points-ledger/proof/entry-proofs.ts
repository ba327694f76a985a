import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  type EntryProof,
  followProof,
  PROOF_FORMAT,
  type ProvenEntry,
} from '../domain/entry-proof.ts';
import { auditPath, leafHash } from '../domain/merkle.ts';
import { entryBytes, headerBytes, toHex } from '../domain/seal.ts';
import { sha256 } from '../ledger/sha256.ts';
import { readBlocks, readEntries } from '../queries/read-journal.ts';
import { blockPath } from './block-tree.ts';
import { type CheckpointRow, latestCheckpoint } from './checkpoints.ts';
import { isSignedBy, readCheckpoint, type Verifier } from './note.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const form = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  entry: z.string(),
  path: z.array(hex),
  block: z.string(),
  blockPath: z.array(hex),
  checkpoint: z.string(),
});

export type MadeProof = Readonly<{
  entryId: string;
  block: number;
  checkpoint: CheckpointRow;
  text: string;
}>;

/** The proof of an entry under the newest checkpoint. Null when none is over its block yet. */
export async function proveEntry(
  reader: EntityManager,
  entry: Readonly<{ id: string; seq: number; block: number }>,
): Promise<MadeProof | null> {
  const checkpoint = await latestCheckpoint(reader);
  if (checkpoint === null || checkpoint.blocks < entry.block) return null;
  const [block] = await readBlocks(reader, entry.block - 1, 1);
  if (block === undefined) throw new Error(`Broken invariant: entry ${entry.seq} is in a block`);
  const sealed = (await readEntries(reader, block.firstSeq, block.lastSeq)).map(entryBytes);
  const own = sealed[entry.seq - block.firstSeq];
  if (own === undefined) throw new Error(`Broken invariant: entry ${entry.seq} is in its block`);
  const leaves = sealed.map((bytes) => leafHash(sha256, bytes));
  const proof: EntryProof = {
    format: PROOF_FORMAT,
    entry: textOf(own),
    path: auditPath(sha256, leaves, entry.seq - block.firstSeq).map(toHex),
    block: textOf(headerBytes(block)),
    blockPath: await blockPath(reader, block.height, checkpoint.blocks),
    checkpoint: checkpoint.note,
  };
  const text = `${JSON.stringify(proof, null, 2)}\n`;
  return { entryId: entry.id, block: block.height, checkpoint, text };
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What a proof shows, and what it is over. Throws an Error that says what is wrong with it. */
export function checkProof(
  text: string,
  verifier: Verifier,
): ProvenEntry & Readonly<{ blocks: number; entry: string }> {
  const proof = readProof(text);
  const head = readCheckpoint(proof.checkpoint);
  if (head === null) throw new Error('the checkpoint of the proof is not in the form of one');
  if (!isSignedBy(verifier, proof.checkpoint)) {
    throw new Error(`the checkpoint of the proof is not signed by ${verifier.name} with this key`);
  }
  const proven = followProof(sha256, proof, head.size);
  if (proven === null || proven.root !== head.root) {
    throw new Error('the entry is not in the books that the checkpoint is over, or was changed');
  }
  return { ...proven, blocks: head.size, entry: proof.entry };
}

function readProof(text: string): EntryProof {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the proof is not JSON');
  }
  const { data, error } = form.safeParse(value);
  if (error) {
    throw new Error(`the proof is not in the form of one: ${error.issues[0]?.path.join('.')}`);
  }
  return data;
}
