import { claimAmount, isClaimable } from './price.ts';
import { add, type Posting } from './replayed.ts';
import type { SealedEntry } from './seal.ts';

/** What is wrong with a line of a merchant's account; null when nothing is. */
export function merchantProblem(posting: Posting): string | null {
  const { account, key, amount, ownerId, claim, balanceAfter = null } = posting;
  if (balanceAfter !== null) return "a merchant's account keeps no balance";
  const isClaim = account === 'REDEEMED' && ownerId !== key.issuerId;
  const isPriced = isClaim && isClaimable(amount, key.priceClass);
  const due = isPriced ? claimAmount(amount, key.priceClass) : null;
  if (claim?.amountMinor !== due?.amountMinor || claim?.currency !== due?.currency) {
    return `the claim of ${ownerId} on ${key.issuerId} is not ${amount} at ${key.priceClass}`;
  }
  const isOwn = account === 'REDEEMED' || ownerId === key.issuerId;
  return isOwn ? null : `${ownerId} issues points of ${key.issuerId}`;
}

/** Of which issuers and units the lines of an entry do not add up to zero. */
export function imbalances({ postings }: SealedEntry): string[] {
  const [first] = postings;
  if (first === undefined) return [];
  const { unit, issuerId } = first.key;
  // Most entries are of one issuer.
  if (postings.every(({ key }) => key.unit === unit && key.issuerId === issuerId)) {
    const total = postings.reduce((all, { amount }) => all + amount, 0);
    return total === 0 ? [] : [`${unit} of ${issuerId} is off by ${total}`];
  }
  const sums = new Map<string, number>();
  for (const { key, amount } of postings) add(sums, `${key.unit} of ${key.issuerId}`, amount);
  return [...sums].map(([what, total]) => `${what} is off by ${total}`);
}
