const DAY_MS = 24 * 60 * 60 * 1000;

/** Who has neither earned nor spent for so long is idle. Published in the contract (`ReminderKind`). */
export const IDLE_MS = 90 * DAY_MS;

/** An idle member who cannot be reminded now, for want of consent or of points, is looked at again after this. */
export const AGAIN_MS = 30 * DAY_MS;

/** For so long reminders are kept and shown. */
export const KEPT_MS = 180 * DAY_MS;

/** What a member does with her points. What the ledger does by itself, or others do to them, ends no idle time. */
export const isActivity = (kind: string): boolean =>
  ['ACCRUE', 'BURN', 'HOLD', 'CONVERT', 'TRANSFER'].includes(kind);

/** A reward that every member can have at the moment without a condition. */
export type Within = Readonly<{ rewardId: string; unit: string; points: number }>;

/** What she has of a unit, and what she can have for it. */
export type Reach = Readonly<{ rewardId: string; unit: string; available: number }>;

/** The cheapest reward that she has the points for; null: there is none. */
export function cheapestWithin(
  rewards: readonly Within[],
  wallet: ReadonlyMap<string, number>,
): Reach | null {
  let best: Within | null = null;
  for (const reward of rewards) {
    const isWithin = (wallet.get(reward.unit) ?? 0) >= reward.points;
    if (isWithin && (best === null || reward.points < best.points)) best = reward;
  }
  return best && { ...best, available: wallet.get(best.unit) ?? 0 };
}
