const FIRST_MS = 1_000;
const LONGEST_MS = 3_600_000;

/** When to try again what has failed so often before: after 1 s, 2 s, 4 s … and at most an hour. */
export const retryAt = (now: Date, attempts: number): Date =>
  new Date(now.getTime() + Math.min(FIRST_MS * 2 ** Math.min(attempts, 30), LONGEST_MS));
