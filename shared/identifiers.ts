import { hash, randomFillSync } from 'node:crypto';
import { v7, validate } from 'uuid';

const ID_BYTES = 16;
/** For many ids: to ask for random bytes costs four times as much as all else about an id. */
const randomBytes = new Uint8Array(256 * ID_BYTES);
let used = randomBytes.length;
let latest = { msecs: 0, seq: 0 };

/** A UUIDv7: unique without asking the database, and ordered by time of making. */
export function newId(): string {
  if (used === randomBytes.length) {
    randomFillSync(randomBytes);
    used = 0;
  }
  const random = randomBytes.subarray(used, used + ID_BYTES);
  used += ID_BYTES;
  const now = Date.now();
  // Those of one millisecond, or after a clock was put back, count on from a number that was drawn.
  latest =
    now > latest.msecs
      ? { msecs: now, seq: new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1 }
      : { msecs: latest.msecs, seq: latest.seq + 1 };
  return v7({ random, ...latest });
}

export type NewId = () => string;

export const isId = (text: string): boolean => validate(text);

/** JSON with the keys of every object in one order, so that equal values have equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value));

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  // What says itself how it is written, such as an instant, is no bag of keys.
  if ('toJSON' in value) return value;
  const sorted: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    sorted[name] = inOrder((value as Record<string, unknown>)[name]);
  }
  return sorted;
}

/** SHA-256 as 64 hexadecimal digits. */
export const sha256 = (text: string | Uint8Array): string => hash('sha256', text);
