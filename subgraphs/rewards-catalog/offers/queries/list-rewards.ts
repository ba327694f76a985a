import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { Page } from '../../../../shared/query-kit/list.ts';
import { readPage } from '../../../../shared/query-kit/page.ts';
import type { Context } from '../../context.ts';
import type { RewardRow } from '../../entities/reward.ts';
import { rewards } from '../../lists.ts';
import { visibleRewards } from '../../queries/visible.ts';
import type { QueryRewardsArgs } from '../../schema.generated.ts';
import { reaches } from '../domain/price.ts';
import { isRegion, regionsAround } from '../domain/regions.ts';
import { wantedOf } from '../domain/terms.ts';
import { type Means, meansOf } from './means.ts';

/** A page of the catalogue. Throws BAD_USER_INPUT for what cannot be looked for, FORBIDDEN for another's points. */
export async function listRewards(
  context: Context,
  args: Partial<QueryRewardsArgs>,
): Promise<Page<RewardRow>> {
  const { database, keys, caller, clock } = context;
  const search = args.search ?? null;
  const region = args.region ?? null;
  const affordableFor = args.affordableFor ?? null;
  const pieces = [
    ...(search === null ? [] : found(search)),
    ...(region === null ? [] : [offeredIn(region)]),
    ...(affordableFor === null
      ? []
      : [await affordable(database.reader, await meansOf(context, affordableFor))]),
  ];
  const isDearest = affordableFor !== null && search === null && beginsDearest(args);
  const isMore = search !== null || region !== null || affordableFor !== null;
  return readPage(rewards, {
    reader: database.reader,
    cursorKey: keys.cursor,
    args,
    visible: visibleRewards(caller),
    parameters: { now: clock.now().getTime() },
    ...(isDearest && { onlyIndex: BY_PRICE }),
    ...(isMore && { more: { values: { search, region, affordableFor }, condition: all(pieces) } }),
  });
}

/** MariaDB prefers an index that begins with the status, and then walks past all that she cannot pay for. */
const BY_PRICE = 'rewards_reward_by_price';

const beginsDearest = ({ orderBy, filter, last }: Partial<QueryRewardsArgs>): boolean =>
  filter == null &&
  last == null &&
  orderBy?.[0]?.field === 'points' &&
  orderBy[0].direction === 'DESC';

const all = (pieces: readonly Condition[]): Condition => ({
  sql: pieces.length === 0 ? '(1 = 1)' : pieces.map(({ sql }) => `(${sql})`).join(' AND '),
  parameters: Object.assign({}, ...pieces.map(({ parameters }) => parameters)),
});

/** Behind every sign that a word has. */
const LAST = '\uFFFF';

function found(search: string): Condition[] {
  const wanted = wantedOf(search);
  if (wanted === null || wanted.length === 0) throw fault('BAD_USER_INPUT', 'SEARCH_NOT_USABLE');
  return wanted.map(({ text, isWhole }, index) => ({
    sql: isWhole
      ? `row.id IN (SELECT reward_id FROM rewards_term WHERE term = :term${index})`
      : `row.id IN (SELECT reward_id FROM rewards_term
           WHERE term >= :term${index} AND term < :last${index})`,
    parameters: { [`term${index}`]: text, ...(!isWhole && { [`last${index}`]: text + LAST }) },
  }));
}

/** Everywhere, or in a region in which this one lies. */
function offeredIn(region: string): Condition {
  if (!isRegion(region)) throw fault('BAD_USER_INPUT', 'REGION_NOT_USABLE');
  const codes = regionsAround(region);
  return {
    sql: ['row.regions IS NULL', ...codes.map((_, i) => `row.regions LIKE :region${i}`)].join(
      ' OR ',
    ),
    parameters: Object.fromEntries(codes.map((code, i) => [`region${i}`, `%,${code},%`])),
  };
}

/**
 * What she can pay for with her own points, at the price of her tier. A bound on the price for all lets the engines
 * begin in the index where she can begin.
 */
async function affordable(reader: EntityManager, { own, tiers }: Means): Promise<Condition> {
  const units = [...own].filter(([, available]) => available > 0);
  if (units.length === 0) return { sql: '1 = 0', parameters: {} };
  const reached = tiers.all.filter(({ code }) => reaches(tiers, code)).map(({ code }) => code);
  const most = Math.max(...units.map(([, available]) => available));
  const dearest = await dearestOfTiers(reader, reached, most);
  const hers = (index: number) =>
    dearest === null
      ? ''
      : `OR (row.leastPoints <= :can${index} AND row.id IN (SELECT reward_id FROM rewards_tier_price
           WHERE points <= :can${index} AND tier IN (:...reached)))`;
  const ofUnits = units.map(
    (_, i) => `(row.unit = :unit${i} AND (row.points <= :can${i} ${hers(i)}))`,
  );
  return {
    sql: `row.points <= :dearest AND (${ofUnits.join(' OR ')})`,
    parameters: {
      dearest: Math.max(most, dearest ?? 0),
      ...(dearest !== null && { reached }),
      ...Object.fromEntries(
        units.flatMap(([unit, available], i) => [
          [`unit${i}`, unit],
          [`can${i}`, available],
        ]),
      ),
    },
  };
}

/** The highest price for all of a reward that costs one of these tiers so many points at most; null: there is none. */
async function dearestOfTiers(
  reader: EntityManager,
  tiers: readonly string[],
  most: number,
): Promise<number | null> {
  if (tiers.length === 0) return null;
  const [row] = await reader.query<{ dearest: unknown }[]>(
    `SELECT MAX(reward.points) AS dearest FROM rewards_tier_price price
     JOIN rewards_reward reward ON reward.id = price.reward_id
     WHERE price.tier IN (${placeholders(tiers.length)}) AND price.points <= ?`,
    [...tiers, most],
  );
  return row?.dearest == null ? null : toSafeInteger(row.dearest);
}
