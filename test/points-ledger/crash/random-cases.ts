import type {
  Convert,
  Deduct,
  Freeze,
  Lift,
} from '../../../subgraphs/points-ledger/domain/command.ts';
import type { Hand } from './random-requests.ts';
import { openingsOf, SUSPECTS, walletAt } from './terms.ts';

/** Of those who are suspected at all; a case of its own each time. */
export const freeze = (hand: Hand): Freeze => ({
  ...hand.common('CASE'),
  kind: 'FREEZE',
  walletId: walletAt(hand.roll(1, SUSPECTS)),
  caseId: `case-${hand.index}`,
  evidenceHash: 'e'.repeat(64),
});

export function lift(hand: Hand): Lift | undefined {
  const frozen = hand.earlier('FREEZE');
  if (frozen === undefined) return undefined;
  const { walletId, caseId } = frozen;
  const outcome = hand.pick(['UNFOUNDED', 'PROVEN'] as const);
  return { ...hand.common('CASE'), kind: 'LIFT', walletId, caseId, outcome };
}

/** A part of what the suspect had at the start. */
export function deduct(hand: Hand): Deduct | undefined {
  const frozen = hand.earlier('FREEZE');
  if (frozen === undefined) return undefined;
  const { walletId, caseId } = frozen;
  const opening = openingsOf(hand.count).good.find(({ number }) => walletAt(number) === walletId);
  if (opening === undefined) return undefined;
  const parts = [{ accrualId: opening.entryId, points: hand.roll(1, 40) }];
  return { ...hand.common('CASE'), kind: 'DEDUCT', walletId, caseId, unit: 'ALLIANCE', parts };
}

export function convert(hand: Hand): Convert {
  const [unit, toUnit] = hand.pick([
    ['ALLIANCE', 'MILES'],
    ['ALLIANCE', 'MILES'],
    ['MILES', 'ALLIANCE'],
  ] as const satisfies [[string, string], ...[string, string][]]);
  return { ...hand.common('CONVERSION'), kind: 'CONVERT', unit, toUnit, points: hand.roll(1, 150) };
}
