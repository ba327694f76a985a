import type { RuleRow } from '../entities/rule.ts';

/**
 * How far a version is. What people did is stored; COMMENT, NOTICE, EFFECTIVE and SUPERSEDED follow from the
 * clock, so that nothing has to run at the instant at which one becomes the other.
 */
export type RuleState =
  | 'DRAFT'
  | 'REVIEWED'
  /** Published, and the public is asked for its opinion before notice is counted. */
  | 'COMMENT'
  /** Published, and not in force yet. */
  | 'NOTICE'
  | 'EFFECTIVE'
  /** Another version, or nothing, has taken its place. */
  | 'SUPERSEDED'
  | 'WITHDRAWN';

type Standing = Pick<RuleRow, 'state' | 'commentUntil' | 'effectiveAt' | 'endsAt'>;

/** The state of a version at an instant. */
export function ruleState(
  { state, commentUntil, effectiveAt, endsAt }: Standing,
  at: Date,
): RuleState {
  if (state !== 'PUBLISHED') return state;
  if (endsAt !== null && at >= endsAt) return 'SUPERSEDED';
  if (commentUntil !== null && at < commentUntil) return 'COMMENT';
  return effectiveAt !== null && at < effectiveAt ? 'NOTICE' : 'EFFECTIVE';
}
