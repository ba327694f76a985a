/**
 * The pieces of work of an incident: a page of redemptions is looked at, a page of bonuses is posted, what was done
 * is written down. The process may die before or after any of them.
 */
export type IncidentStep = 'list' | 'post' | 'give';

/** Told around each step. Tests stop there. */
export type OnIncidentStep = (
  step: IncidentStep,
  moment: 'before' | 'after',
  incidentId: string,
) => Promise<void> | void;
