import { type Day, dayOf } from '../../../../shared/calendar.ts';
import type { RedemptionRefusal, RedemptionState } from '../../domain/redemption.ts';

/** When something went wrong: `from` on, and not at `until` any more. */
export type Window = Readonly<{ from: Date; until: Date }>;

/** A redemption of an affected reward, and what became of it. Instants in milliseconds. */
export type Course = Readonly<{
  state: RedemptionState;
  refusal: RedemptionRefusal | null;
  requestedMs: number;
  completedMs: number | null;
  cancelledMs: number | null;
  voucher: Readonly<{
    validFrom: Day | null;
    validUntil: Day;
    usedMs: number | null;
    voidedMs: number | null;
  }> | null;
}>;

/**
 * Whether an incident concerned the member of a redemption: it was under way in the window, or its voucher could be
 * used, or was used, then. Not the one that was refused for lack of points. One that was undone at an instant that
 * nobody noted does not count.
 */
export function isAffected(course: Course, { from, until }: Window): boolean {
  const start = from.getTime();
  const { state, refusal, requestedMs, completedMs, cancelledMs, voucher } = course;
  if (requestedMs >= until.getTime()) return false;
  if (completedMs === null) {
    if (state !== 'CANCELLED') return true;
    return refusal?.kind !== 'InsufficientPoints' && cancelledMs !== null && cancelledMs >= start;
  }
  if (completedMs >= start) return true;
  if (voucher === null) return false;
  const { validFrom, validUntil, usedMs, voidedMs } = voucher;
  // At `until` all is well again, and what is good from a later day on lacked nothing.
  if (validFrom !== null && dayOf(new Date(until.getTime() - 1)) < validFrom) return false;
  const isOver = (ms: number | null): boolean => ms !== null && ms < start;
  return !isOver(usedMs) && !isOver(voidedMs) && dayOf(from) < validUntil;
}
