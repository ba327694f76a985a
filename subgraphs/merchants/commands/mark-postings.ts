import { execute } from '../../../shared/database/database.ts';
import { placeholders } from '../../../shared/database/rows.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { nextKey } from '../domain/points-command.ts';
import { retryAt } from '../domain/retry.ts';
import type { PostingRow } from '../entities/posting.ts';

/** What the ledger took. */
export async function markPosted({ database }: Frame, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await database.transaction((manager) =>
    execute(
      manager,
      `UPDATE merchants_posting SET state = 'POSTED'
       WHERE posting_key IN (${placeholders(keys.length)})`,
      keys,
    ),
  );
}

/** What it refused for good, with its code. */
export const markRefused = (
  { database }: Frame,
  key: string,
  code: string | null,
): Promise<number> =>
  database.transaction((manager) =>
    execute(
      manager,
      "UPDATE merchants_posting SET state = 'REFUSED', refusal = ? WHERE posting_key = ?",
      [code, key],
    ),
  );

/** Lets refused postings wait, to be tried under another key. */
export async function putOffRefused(
  { database, clock }: Frame,
  postings: readonly PostingRow[],
): Promise<void> {
  for (const { postingKey, command, attempts } of postings) {
    const key = nextKey(postingKey, attempts + 1);
    await database.transaction((manager) =>
      execute(
        manager,
        `UPDATE merchants_posting SET posting_key = ?, command = ?, attempts = ?, next_attempt_ms = ?
         WHERE state = 'WAITING' AND posting_key = ?`,
        [
          key,
          JSON.stringify({ ...command, key }),
          attempts + 1,
          retryAt(clock.now(), attempts).getTime(),
          postingKey,
        ],
      ),
    );
  }
}

/** Lets postings wait, the longer the oftener they failed. */
export async function putOff(
  { database, clock }: Frame,
  postings: readonly PostingRow[],
): Promise<void> {
  const byAttempts = Map.groupBy(postings, ({ attempts }) => attempts);
  for (const [attempts, rows] of byAttempts) {
    const keys = rows.map(({ postingKey }) => postingKey);
    await database.transaction((manager) =>
      execute(
        manager,
        `UPDATE merchants_posting SET attempts = ?, next_attempt_ms = ?
         WHERE state = 'WAITING' AND posting_key IN (${placeholders(keys.length)})`,
        [attempts + 1, retryAt(clock.now(), attempts).getTime(), ...keys],
      ),
    );
  }
}
