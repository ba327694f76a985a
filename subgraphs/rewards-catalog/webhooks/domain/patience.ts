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

/** So long a delivery is in the log since it happened, or was last asked for again, unless settings say otherwise. */
export const LOG_DAYS = 90;

/** Until when a delivery that is forgotten now was sent at the latest: `logDays` begin four days before that. */
export const forgottenBefore = (at: Date, logDays: number): Date =>
  new Date(at.getTime() - Math.max(logDays * DAY_MS - EXPIRES_MS, 0));

/** A rest is longer by less than this part of it: what failed together is not all tried again together. */
const JITTER = 0.1;

/**
 * When to try again after so many attempts; null: not any more. `seed`, the id of the delivery, says by how much its
 * rests are longer, so that every process and every repetition finds the same instant.
 */
export function nextAttempt(
  { id: seed, expiresAt }: Readonly<{ id: string; expiresAt: Date }>,
  attempts: number,
  at: Date,
): Date | null {
  const rest = RESTS_MS[attempts - 1];
  if (rest === undefined) return null;
  const longer = Math.floor(rest * JITTER * partOf(`${seed}:${attempts}`));
  const next = new Date(at.getTime() + rest + longer);
  return next <= expiresAt ? next : null;
}

/** From 0 to below 1, evenly, and the same for the same text (FNV-1a, and the last mixing of MurmurHash3). */
function partOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
