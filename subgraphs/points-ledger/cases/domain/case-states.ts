/**
 * How far a case is. FREEZING, DEDUCTING and LIFTING mean that it is decided and that the books are about to
 * say so: who finds a case there posts the command again, under the same key.
 */
export type CaseState = 'PROPOSED' | 'FREEZING' | 'FROZEN' | 'DEDUCTING' | 'LIFTING' | 'CLOSED';

/** DROPPED: it was given up or never approved, so nothing was frozen. */
export type CaseOutcome = 'UNFOUNDED' | 'PROVEN' | 'DROPPED';

export type CaseMove =
  | 'APPROVE'
  | 'APPEAL'
  | 'PROPOSE_DEDUCTION'
  | 'APPROVE_DEDUCTION'
  | 'LIFT'
  /** The books did what was decided. */
  | 'BOOK'
  /** The books refused it. */
  | 'REFUSE';

const moves: Readonly<Record<CaseState, Partial<Record<CaseMove, CaseState>>>> = {
  PROPOSED: { APPROVE: 'FREEZING', LIFT: 'CLOSED' },
  FREEZING: { BOOK: 'FROZEN', REFUSE: 'CLOSED' },
  FROZEN: {
    APPEAL: 'FROZEN',
    PROPOSE_DEDUCTION: 'FROZEN',
    APPROVE_DEDUCTION: 'DEDUCTING',
    LIFT: 'LIFTING',
  },
  DEDUCTING: { BOOK: 'FROZEN', REFUSE: 'FROZEN' },
  LIFTING: { BOOK: 'CLOSED' },
  CLOSED: {},
};

/** Where a move leads; null when it cannot be made. */
export const nextState = (state: CaseState, move: CaseMove): CaseState | null =>
  moves[state][move] ?? null;

/** What a case comes to when it is lifted. Who gained something wrongly has it deducted: only that proves it. */
export function outcomeOfLift(state: CaseState, hasDeducted: boolean): CaseOutcome {
  if (state === 'PROPOSED') return 'DROPPED';
  return hasDeducted ? 'PROVEN' : 'UNFOUNDED';
}
