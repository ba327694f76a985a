import { actsForMember, type Caller } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';

/**
 * Throws FORBIDDEN when the caller may not act for this member. Asked before anything is read, so
 * that the answer does not tell whether the member exists.
 */
export function checkActsFor(caller: Caller, memberId: string): void {
  if (!actsForMember(caller, memberId)) throw fault('FORBIDDEN');
}
