/** SHA-256 of bytes. Passed in, because the rules of the books stand on no platform. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

const LEAF = 0x00;
const NODE = 0x01;

export const leafHash = (hash: Hash, content: Uint8Array): Uint8Array =>
  hash(concat(Uint8Array.of(LEAF), content));

/** The Merkle tree hash of RFC 6962, section 2.1, over the hashes of the leaves. */
export function merkleRoot(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return hash(new Uint8Array());
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const left = merkleRoot(hash, leaves.slice(0, split));
  const right = merkleRoot(hash, leaves.slice(split));
  return hash(concat(Uint8Array.of(NODE), left, right));
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
