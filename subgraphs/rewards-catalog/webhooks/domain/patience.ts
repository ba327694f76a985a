const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How long after each failed attempt the next one is, as Standard Webhooks has it: the tenth is after 75 hours. */
const RESTS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
];

/** So long after it happened, or was asked for again, a delivery is given up even if it was never attempted. */
export const EXPIRES_MS = 4 * DAY_MS;

/** When one is given up and nothing got through for so long, the webhook is switched off. */
export const FAILING_MS = 3 * DAY_MS;

/** How long a secret is shown to the same key. */
export const SHOWN_MS = HOUR_MS;

/** When to try again after so many attempts; null: not any more. */
export function nextAttempt(attempts: number, at: Date, expiresAt: Date): Date | null {
  const rest = RESTS_MS[attempts - 1];
  if (rest === undefined) return null;
  const next = new Date(at.getTime() + rest);
  return next <= expiresAt ? next : null;
}
