import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { ProfileRow } from '../entities/profile.ts';
import { consentsNow } from './audience.ts';

/** Members who buy more than before, with the profiles that say so; `next` as in `promotionAudience`. */
export type RisingMembers = Readonly<{
  members: readonly Readonly<{ memberId: string; profiles: readonly ProfileRow[] }>[];
  next: string | null;
}>;

const PAGE_MAX = 100;

/** A page of them, in the order of ids. Only who agrees to a profile at this moment; else as `consentsNow`. */
export async function risingMembers(
  context: Context,
  { after, first }: Readonly<{ after?: string | null | undefined; first: number }>,
): Promise<RisingMembers> {
  const size = Math.max(1, Math.min(first, PAGE_MAX));
  const ids = await risingAfter(context.database.reader, after ?? '', size);
  const [consents, profiles] = await Promise.all([
    consentsNow(context, ids),
    context.loaders.profilesByMember.loadMany(ids),
  ]);
  const members = ids.flatMap((memberId, index) => {
    const found = profiles[index];
    if (found instanceof Error) throw found;
    const rising = found?.filter((profile) => profile.isRising) ?? [];
    const isTold = consents.get(memberId)?.isProfiled === true && rising.length > 0;
    return isTold ? [{ memberId, profiles: rising }] : [];
  });
  return { members, next: ids.length < size ? null : (ids.at(-1) ?? null) };
}

async function risingAfter(reader: EntityManager, after: string, size: number): Promise<string[]> {
  const rows = await reader.query<{ member_id: string }[]>(
    `SELECT DISTINCT member_id FROM merchants_profile WHERE is_rising = 1 AND member_id > ?
     ORDER BY member_id LIMIT ?`,
    [after, size],
  );
  return rows.map(({ member_id }) => member_id);
}
