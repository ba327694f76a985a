/** What one of its two merchants makes of a line. */
export type SideState = 'OPEN' | 'CONFIRMED' | 'DISPUTED' | 'UPHELD' | 'CORRECTED';

/** ISSUED as long as a line is open, DISPUTED as long as one is disputed, CONFIRMED when all are decided. */
export type StatementState = 'ISSUED' | 'DISPUTED' | 'CONFIRMED';

/** A payment that is DEFAULTED is only partly guaranteed, or not at all. */
export type PaymentState = 'DUE' | 'DEFAULTED' | 'SETTLED';

/**
 * The moves of a line, seen from one of its merchants. What is not here is refused. A dispute is decided
 * once and for all: when it is corrected, the next cycle has a line for the difference, which can be
 * disputed in its turn.
 */
const sideMoves: Readonly<Record<SideState, Partial<Record<SideMove, SideState>>>> = {
  OPEN: { confirm: 'CONFIRMED', dispute: 'DISPUTED' },
  DISPUTED: { uphold: 'UPHELD', correct: 'CORRECTED' },
  CONFIRMED: {},
  UPHELD: {},
  CORRECTED: {},
};

export type SideMove = 'confirm' | 'dispute' | 'uphold' | 'correct';

const paymentMoves: Readonly<Record<PaymentState, Partial<Record<PaymentMove, PaymentState>>>> = {
  DUE: { settle: 'SETTLED', default: 'DEFAULTED' },
  // What the guarantee covers may still be paid from it.
  DEFAULTED: { settle: 'SETTLED' },
  SETTLED: {},
};

export type PaymentMove = 'settle' | 'default';

/** The state after a move; null when the move is not allowed. */
export const movedSide = (state: SideState, move: SideMove): SideState | null =>
  sideMoves[state][move] ?? null;

/** The state after a move; null when the move is not allowed. */
export const movedPayment = (state: PaymentState, move: PaymentMove): PaymentState | null =>
  paymentMoves[state][move] ?? null;

/** The state of a statement follows from its lines, of which it has at least one. */
export function statementState(sides: readonly SideState[]): StatementState {
  if (sides.includes('DISPUTED')) return 'DISPUTED';
  return sides.includes('OPEN') ? 'ISSUED' : 'CONFIRMED';
}
