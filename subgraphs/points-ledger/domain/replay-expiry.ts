import { dayOf } from '../../../shared/calendar.ts';
import type { SealedEntry } from './seal.ts';

/**
 * What is wrong with how an entry lets points lapse; null when nothing is. They go to breakage by EXPIRE
 * alone, all that it says and none before their day; others only take them back from there, or move them to
 * another wallet (`mergeProblem`).
 */
export function expiryProblem({ kind, points, postings, recordedMs }: SealedEntry): string | null {
  const lapsed = postings.filter(({ account }) => account === 'BREAKAGE');
  if (kind !== 'EXPIRE') {
    if (lapsed.length === 0 || kind === 'MERGE') return null;
    const mayBeBack = kind === 'REVERSE' || kind === 'EXTEND' || kind === 'DEDUCT';
    const isBack = mayBeBack && lapsed.every(({ amount }) => amount < 0);
    return isBack ? null : `${kind} lets points lapse`;
  }
  const today = dayOf(new Date(recordedMs));
  const isDue = lapsed.every(({ key, amount }) => amount > 0 && key.expiresOn <= today);
  const isPlain = postings.every(
    ({ account }) => account === 'AVAILABLE' || account === 'BREAKAGE',
  );
  if (!isDue || !isPlain) return 'lets points lapse that are good';
  const taken = lapsed.reduce((all, { amount }) => all + amount, 0);
  return taken === points ? null : `lets ${taken} points lapse, says ${points}`;
}
