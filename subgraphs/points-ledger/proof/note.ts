import {
  createPrivateKey,
  createPublicKey,
  hash,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** The byte that C2SP's signed-note gives to Ed25519. */
const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SPKI (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs notes under a name. */
export type Signer = Readonly<{ name: string; keyId: Buffer; key: KeyObject; verifierKey: string }>;

/** Who is believed: what a verifier key says. */
export type Verifier = Readonly<{ name: string; keyId: Buffer; key: KeyObject }>;

/** The signer that a secret makes. `name` has neither spaces nor `+`, such as `example.com/points`. */
export function signerOf(secret: string, name: string): Signer {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'tongdui checkpoint', 32));
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  const keyId = keyIdOf(name, raw);
  const typed = Buffer.concat([Buffer.of(ED25519), raw]).toString('base64');
  return { name, keyId, key, verifierKey: `${name}+${keyId.toString('hex')}+${typed}` };
}

/**
 * Reads a verifier key, `name+keyid+base64`, as it is told to those who check. Throws an Error that says
 * what is wrong with it.
 */
export function verifierOf(text: string): Verifier {
  const [, name = '', id = '', typed = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(typed, 'base64');
  const raw = bytes.subarray(1);
  if (bytes[0] !== ED25519 || raw.length !== 32) {
    throw new Error(
      `no verifier key (NAME+8 hexadecimal digits+base64 of an Ed25519 key): ${text}`,
    );
  }
  const keyId = keyIdOf(name, raw);
  if (keyId.toString('hex') !== id) throw new Error(`the verifier key has a slip: ${text}`);
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  return { name, keyId, key };
}

const keyIdOf = (name: string, raw: Uint8Array): Buffer =>
  hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), raw]),
    'buffer',
  ).subarray(0, KEY_ID_BYTES);

/**
 * A text that ends with a line feed, signed: C2SP signed-note. The same text and key give the same note.
 */
export function signNote(text: string, { name, keyId, key }: Signer): string {
  const signature = sign(null, Buffer.from(text), key);
  return `${text}\n— ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
}

/**
 * Whether the text of a note was signed by this key. Signatures of others are passed over, as C2SP
 * wants it, so that witnesses may add theirs.
 */
export function isSignedBy({ name, keyId, key }: Verifier, note: string): boolean {
  const { text, signatures } = partsOf(note);
  const own = signatures
    .filter((line) => line.name === name && line.bytes.subarray(0, KEY_ID_BYTES).equals(keyId))
    .map(({ bytes }) => verify(null, Buffer.from(text), key, bytes.subarray(KEY_ID_BYTES)));
  return own.length > 0 && own.every((isGood) => isGood);
}

function partsOf(note: string) {
  const end = note.lastIndexOf('\n\n');
  const lines = note.slice(end + 2).matchAll(/^— (\S+) ([A-Za-z0-9+/]+=*)$/gm);
  return {
    text: note.slice(0, end + 1),
    signatures: [...lines].map(([, name, base64]) => ({
      name,
      bytes: Buffer.from(String(base64), 'base64'),
    })),
  };
}

/** What a checkpoint says of the books: the Merkle tree over the hashes of all their blocks. */
export type TreeHead = Readonly<{
  origin: string;
  /** How many blocks. */
  size: number;
  /** Hexadecimal. */
  root: string;
}>;

/** The text of a checkpoint: C2SP tlog-checkpoint, without extension lines. */
export const checkpointText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`;

/** Reads what a checkpoint says, whoever signed it. Null when it is not in the form of one. */
export function readCheckpoint(note: string): TreeHead | null {
  const [, origin, size, base64] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n\n(?:— \S+ [A-Za-z0-9+/]+=*\n)+$/.exec(
      note,
    ) ?? [];
  if (origin === undefined || base64 === undefined) return null;
  return { origin, size: Number(size), root: Buffer.from(base64, 'base64').toString('hex') };
}
