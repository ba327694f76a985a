/** SHA-256 of bytes. Passed in, because the rules of the books stand on no platform. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

const LEAF = 0x00;
const NODE = 0x01;

export const leafHash = (hash: Hash, content: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(content.length + 1);
  bytes[0] = LEAF;
  bytes.set(content, 1);
  return hash(bytes);
};

const HASH_BYTES = 32;
/** What is hashed of a node. It is hashed before the next one is put there. */
const node = new Uint8Array(1 + 2 * HASH_BYTES);
node[0] = NODE;

const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array => {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) {
    throw new Error('Broken invariant: a node is over two hashes');
  }
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return hash(node);
};

/** The Merkle tree hash of RFC 6962, section 2.1, over the hashes of the leaves. */
export function merkleRoot(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  const edge = new TreeEdge(hash);
  for (const leaf of leaves) edge.append(leaf);
  return edge.root();
}

/**
 * A tree that grows by one leaf at a time and keeps only what its root needs: the complete subtrees along
 * its right edge, as many as the size has ones in binary.
 */
export class TreeEdge {
  size = 0;
  readonly #hash: Hash;
  readonly #subtrees: Uint8Array[] = [];
  readonly #onSubtree: (level: number, place: number, node: Uint8Array) => void;

  /** `onSubtree` is told of each subtree of 2^level leaves that becomes complete, two at least. */
  constructor(
    hash: Hash,
    onSubtree: (level: number, place: number, node: Uint8Array) => void = () => undefined,
  ) {
    this.#hash = hash;
    this.#onSubtree = onSubtree;
  }

  append(leaf: Uint8Array): void {
    let top = leaf;
    let level = 0;
    for (let place = this.size; place % 2 === 1; place = (place - 1) / 2) {
      // There is one for each bit of the size.
      top = nodeHash(this.#hash, this.#subtrees.pop() as Uint8Array, top);
      level += 1;
      this.#onSubtree(level, (place - 1) / 2, top);
    }
    this.#subtrees.push(top);
    this.size += 1;
  }

  root(): Uint8Array {
    return joinSubtrees(this.#hash, this.#subtrees);
  }
}

/** The root over subtrees of falling sizes, the largest first. */
export function joinSubtrees(hash: Hash, subtrees: readonly Uint8Array[]): Uint8Array {
  const last = subtrees.at(-1);
  if (last === undefined) return hash(new Uint8Array());
  return subtrees.slice(0, -1).reduceRight((right, left) => nodeHash(hash, left, right), last);
}

/** How many leaves of a tree of `size`, at least two, are left of its root: a power of two. */
export function leftSize(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}

/** What proves that a leaf is under the root: the sibling hashes from the leaf upwards (RFC 6962, 2.1.1). */
export function auditPath(hash: Hash, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length < 2) return [];
  const split = leftSize(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...auditPath(hash, left, index), merkleRoot(hash, right)]
    : [...auditPath(hash, right, index - split), merkleRoot(hash, left)];
}

/**
 * The root that follows from a leaf, its place in a tree of `size` and its path. Null when the path is not
 * as long as it must be, or there is no such place.
 */
export function rootFromPath(
  hash: Hash,
  { leaf, index, size }: Readonly<{ leaf: Uint8Array; index: number; size: number }>,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  if (size === 1) return path.length === 0 ? leaf : null;
  const sibling = path.at(-1);
  if (sibling === undefined) return null;
  const split = leftSize(size);
  const rest = path.slice(0, -1);
  const isLeft = index < split;
  const under = isLeft
    ? { leaf, index, size: split }
    : { leaf, index: index - split, size: size - split };
  const own = rootFromPath(hash, under, rest);
  if (own === null) return null;
  return isLeft ? nodeHash(hash, own, sibling) : nodeHash(hash, sibling, own);
}
