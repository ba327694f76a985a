import { hash } from 'node:crypto';
import { v7, validate } from 'uuid';

/** A UUIDv7: unique without asking the database, and ordered by time of making. */
export const newId = (): string => v7();

export type NewId = () => string;

export const isId = (text: string): boolean => validate(text);

/** JSON with the keys of every object in one order, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** SHA-256 as 64 hexadecimal digits. */
export const sha256 = (text: string | Uint8Array): string => hash('sha256', text);
