import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Context } from '../../context.ts';
import type { PreferenceKind } from '../domain/profile.ts';
import { inTens, type SegmentTerms } from '../domain/segment.ts';
import type { SegmentRow } from '../entities/segment.ts';
import { type Consents, consentsOf } from './consents.ts';

type Part = Readonly<{ sql: string; parameters: readonly unknown[] }>;
type Reader = Pick<EntityManager, 'query'>;

/** The profiles, under the alias `profile`, that a segment means. */
export function meantBy({ merchantId, terms }: Pick<SegmentRow, 'merchantId' | 'terms'>): Part {
  const parts: Part[] = [
    { sql: 'profile.merchant_id = ?', parameters: [merchantId] },
    ...anyOf('CATEGORY', terms.categories),
    ...anyOf('SIZE', terms.sizes),
    ...anyOf('COLOUR', terms.colours),
    ...atLeast('profile.orders', terms.ordersAtLeast),
    ...atLeast('profile.average_minor', terms.averageAtLeastMinor),
    ...(terms.isRising ? atLeast('profile.is_rising', 1) : []),
  ];
  return {
    sql: parts.map(({ sql }) => sql).join(' AND '),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

const atLeast = (column: string, least: number | null): Part[] =>
  least === null ? [] : [{ sql: `${column} >= ?`, parameters: [least] }];

const anyOf = (kind: PreferenceKind, values: SegmentTerms['categories']): Part[] =>
  values === null
    ? []
    : [
        {
          sql: `EXISTS (SELECT 1 FROM merchants_profile_preference taste
            WHERE taste.member_id = profile.member_id AND taste.merchant_id = profile.merchant_id
              AND taste.kind = '${kind}' AND taste.preferred IN (${placeholders(values.length)}))`,
          parameters: values,
        },
      ];

/** Profiles of those who want messages: whoever has opted out is in no audience (S23). */
const AUDIENCE = `FROM merchants_profile profile JOIN merchants_profiled profiled
  ON profiled.member_id = profile.member_id AND profiled.wants_messages = 1`;

/** How many members each segment reaches, by its id, in one statement. Exact: never shown to anybody as it is. */
export async function countAudiences(
  reader: Reader,
  segments: readonly Pick<SegmentRow, 'id' | 'merchantId' | 'terms'>[],
): Promise<ReadonlyMap<string, number>> {
  if (segments.length === 0) return new Map();
  const counts = segments.map((segment): Part => {
    const { sql, parameters } = meantBy(segment);
    return {
      sql: `SELECT ? AS id, COUNT(*) AS members ${AUDIENCE} WHERE ${sql}`,
      parameters: [segment.id, ...parameters],
    };
  });
  const rows = await reader.query<{ id: string; members: unknown }[]>(
    counts.map(({ sql }) => sql).join(' UNION ALL '),
    counts.flatMap(({ parameters }) => parameters),
  );
  return new Map(rows.map(({ id, members }) => [id, toSafeInteger(members)]));
}

/** A page of those to whom a promotion is sent; `next` is what to go on after, null when there are no more. */
export type PromotionAudience = Readonly<{ memberIds: readonly string[]; next: string | null }>;

const PAGE_MAX = 200;
const NOBODY: PromotionAudience = { memberIds: [], next: null };

type Asked = Readonly<{ promotionId: string; after?: string | null | undefined; first: number }>;

/**
 * Who is sent an open promotion: those of its segment who agree, at this moment, to a profile and to messages. Nobody,
 * when they are fewer than ten: a promotion is never aimed at a person. Throws SUBGRAPH_UNAVAILABLE when members does
 * not answer.
 */
export async function promotionAudience(
  context: Context,
  { promotionId, after = null, first }: Asked,
): Promise<PromotionAudience> {
  const { loaders, database, clock } = context;
  const promotion = await loaders.promotionById.load(promotionId);
  if (promotion === null || promotion.withdrawnAt !== null) return NOBODY;
  const now = clock.now();
  const isOpen = promotion.from <= now && now < promotion.until;
  const { segmentId } = promotion;
  const segment = segmentId === null ? null : await loaders.segmentById.load(segmentId);
  if (!isOpen || segment === null || segment.endedAt !== null) return NOBODY;
  const members = await loaders.audienceBySegment.load(segment);
  if (inTens(members) === null) return NOBODY;
  const size = Math.max(1, Math.min(first, PAGE_MAX));
  const { sql, parameters } = meantBy(segment);
  const rows = await database.reader.query<{ member_id: string }[]>(
    `SELECT profile.member_id ${AUDIENCE} WHERE ${sql} AND profile.member_id > ?
     ORDER BY profile.member_id LIMIT ?`,
    [...parameters, after ?? '', size],
  );
  const ids = rows.map(({ member_id }) => member_id);
  const consents = await consentsNow(context, ids);
  return {
    memberIds: ids.filter((id) => {
      const said = consents.get(id);
      return said?.isProfiled === true && said.wantsMessages;
    }),
    next: ids.length < size ? null : (ids.at(-1) ?? null),
  };
}

/** What members agree to at this moment. Throws SUBGRAPH_UNAVAILABLE when members does not answer: it is not guessed. */
export async function consentsNow(
  { peers, requestId, deadline }: Pick<Context, 'peers' | 'requestId' | 'deadline'>,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, Consents>> {
  try {
    return await consentsOf(peers, memberIds, { requestId, deadline });
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'CONSENTS_NOT_KNOWN');
    throw error;
  }
}
