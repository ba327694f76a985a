import type { CarbonEntry } from '../../domain/carbon-entries.ts';

/** Why an act is taken back, and what follows from it. */
export type RevocationReason =
  /** It is not as it was written down: it may be recorded again, rightly. */
  | 'RECORDED_WRONGLY'
  /** Who vouched for it does so no longer: the evidence is spent. */
  | 'EVIDENCE_WITHDRAWN'
  /** It was made up: the evidence is spent, and so is what it took of the caps. */
  | 'FRAUD';

/** Whether the same evidence may be claimed once more. */
export const freesClaim = (reason: RevocationReason): boolean => reason === 'RECORDED_WRONGLY';

/** Whether other acts may have the room that it took. */
export const freesCaps = (reason: RevocationReason): boolean => reason !== 'FRAUD';

/**
 * Takes back exactly the grams of an act, by the factor version of the act, on the day of the act: the report of its month is without
 * it from then on. Nothing of it is kept.
 */
export const revokedEntry = (original: CarbonEntry, actId: string): CarbonEntry => ({
  ...original,
  cause: revocationCause(actId),
  pieces: 0,
  grams: -original.grams,
});

export const actCause = (actId: string): string => `act:${actId}`;
export const revocationCause = (actId: string): string => `act-revoked:${actId}`;
