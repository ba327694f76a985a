import { hash } from 'node:crypto';
import { v7, validate } from 'uuid';

/** A UUIDv7: unique without asking the database, and ordered by time of making. */
export const newId = (): string => v7();

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
