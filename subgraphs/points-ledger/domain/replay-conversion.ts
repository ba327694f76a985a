import { lotText } from './lot.ts';
import { priceOf } from './price.ts';
import type { Posting } from './replayed.ts';
import type { SealedEntry } from './seal.ts';

const RATE = /^(\d+)\/(\d+) v(\d+)$/;

/**
 * What is wrong with a conversion, if anything: of each lot the issuer takes a promise back and gives another
 * at the rate that the entry names, exactly; nothing expires at another day, and the issuer owes no more.
 */
export function conversionProblem({ unit, points, postings, detail }: SealedEntry): string | null {
  const [toUnit, said] = [detail?.toUnit, detail?.got];
  let [taken, got] = [0, 0];
  for (const [index, line] of postings.entries()) {
    if (line.account !== 'OUTSTANDING' || line.key.unit !== unit) continue;
    const [before, after] = [postings[index - 1], postings[index + 1]];
    if (before?.account !== 'AVAILABLE' || lotText(before.key) !== lotText(line.key)) {
      return 'takes a promise back for nothing';
    }
    if (after?.account !== 'OUTSTANDING' || after.key.unit !== toUnit)
      return 'gives nothing for a promise';
    const rate = RATE.exec(String(detail?.[`rate:${line.key.issuerId}`]));
    if (rate === null) return `names no rate of ${line.key.issuerId}`;
    const problem = exchangeProblem(line, after, rate);
    if (problem !== null) return problem;
    taken += line.amount;
    got -= after.amount;
  }
  if (taken !== points || got !== said || taken === 0) {
    return `turns ${taken} into ${got}, says ${points} into ${said}`;
  }
  return null;
}

function exchangeProblem(
  { key: was, amount: taken }: Posting,
  { key: is, amount }: Posting,
  [, numerator = '', denominator = '']: readonly string[],
): string | null {
  const got = 0 - amount;
  if (BigInt(taken) * BigInt(numerator) !== BigInt(got) * BigInt(denominator)) {
    return `${got} are not ${numerator}/${denominator} of ${taken}`;
  }
  if (
    was.issuerId !== is.issuerId ||
    was.expiresOn !== is.expiresOn ||
    was.contributor !== is.contributor
  ) {
    return 'changes more than the unit';
  }
  if (was.useScope !== '' || is.useScope !== '') return 'changes what points are good for';
  const [old, now] = [priceOf(was.priceClass), priceOf(is.priceClass)];
  const owed = BigInt(taken) * BigInt(old.minor) * BigInt(now.per);
  const owes = BigInt(got) * BigInt(now.minor) * BigInt(old.per);
  return old.currency !== now.currency || owes > owed ? 'makes its issuer owe more' : null;
}
