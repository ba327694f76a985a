import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../../../shared/identifiers.ts';
import type { Promised } from './domain/price.ts';

/** What a quote is about. */
export type Quoted = Readonly<{ memberId: string; rewardId: string; quantity: number }>;

/** A price that is promised, signed: only what this alliance quoted holds, and only for what it was quoted for. */
export function makeQuoteToken(key: string, quoted: Quoted, promised: Promised): string {
  const body = `${promised.points}.${promised.validUntilMs}`;
  return `${body}.${sign(key, quoted, body)}`;
}

/** What a token promises; null: it is not one of ours, or was given for something else. */
export function readQuoteToken(key: string, quoted: Quoted, token: string): Promised | null {
  const [points = '', validUntilMs = '', signature = ''] = token.split('.');
  const expected = Buffer.from(sign(key, quoted, `${points}.${validUntilMs}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { points: Number(points), validUntilMs: Number(validUntilMs) };
}

const sign = (key: string, { memberId, rewardId, quantity }: Quoted, body: string): string =>
  createHmac('sha256', key)
    .update(canonicalJson(['quote', memberId, rewardId, quantity, body]))
    .digest('base64url');

/** What the token that came with a redemption promises. */
export function promisedBy(
  { keys }: Readonly<{ keys: Readonly<{ cursor: string }> }>,
  input: Readonly<{
    memberId: string;
    rewardId: string;
    quantity?: number | null | undefined;
    quoteToken?: string | null | undefined;
  }>,
): Promised | 'NOT_OURS' | null {
  const { memberId, rewardId, quantity, quoteToken } = input;
  if (quoteToken == null) return null;
  const quoted = { memberId, rewardId, quantity: quantity ?? 1 };
  return readQuoteToken(keys.cursor, quoted, quoteToken) ?? 'NOT_OURS';
}
