import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { termsOf } from '../domain/terms.ts';

type Named = Readonly<{
  titleZh: string;
  titleEn: string;
  category: string | null;
  brand: string | null;
}>;

/** Writes by what a new reward is found. */
export async function writeSearchTerms(
  manager: EntityManager,
  rewardId: string,
  { titleZh, titleEn, category, brand }: Named,
): Promise<void> {
  const terms = termsOf([titleZh, titleEn, category, brand]);
  const rows = terms.map((term) => [term, rewardId]);
  await insertRows(manager, 'rewards_term', ['term', 'reward_id'], rows);
}

const AT_ONCE = 50;

/** Writes the terms of rewards that were published before there were any. True when there may be more. */
export const searchTermsWorker = ({ database }: Pick<Frame, 'database'>): Worker => ({
  name: 'search-terms',
  restMs: 60_000,
  async step() {
    const due = await database.reader.query<(Named & { id: string })[]>(
      `SELECT id, title_zh AS titleZh, title_en AS titleEn, category, brand FROM rewards_reward
       WHERE is_found = 0 ORDER BY id LIMIT ${AT_ONCE}`,
    );
    for (const { id, ...named } of due) {
      await database.transaction(async (manager) => {
        // Of two workers at once one writes.
        const claim = 'UPDATE rewards_reward SET is_found = 1 WHERE id = ? AND is_found = 0';
        if ((await execute(manager, claim, [id])) === 1) await writeSearchTerms(manager, id, named);
      });
    }
    return due.length === AT_ONCE;
  },
});
