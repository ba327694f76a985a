import { In, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Context } from '../../context.ts';
import { Promotion, type PromotionRow, Segment, type SegmentRow } from '../entities/segment.ts';
import { meantBy } from './audience.ts';
import { consentsOf } from './consents.ts';

/** A promotion, and the segment for which a member is shown it first; null: it is shown to everybody. */
export type Recommended = Readonly<{ promotion: PromotionRow; segment: SegmentRow | null }>;

export type Recommendations = Readonly<{
  isPersonalised: boolean;
  /** Why they are those that everybody sees; null: they are not. */
  note: 'NO_PROFILE_AGREED' | 'CONSENTS_NOT_KNOWN' | null;
  promotions: readonly Recommended[];
}>;

const SHOWN_MAX = 50;
const LOOKED_AT_MAX = 200;

/**
 * The open promotions, first those that fit what a member buys, when she agrees to a profile at this moment; else, and
 * when members does not answer, as everybody sees them: the newest first.
 */
export async function recommend(
  context: Context,
  { memberId, first }: Readonly<{ memberId: string; first: number }>,
): Promise<Recommendations> {
  const note = await whyNot(context, memberId);
  const size = Math.max(1, Math.min(first, SHOWN_MAX));
  const now = context.clock.now();
  const open = {
    withdrawnAt: IsNull(),
    from: LessThanOrEqual(now),
    until: MoreThan(now),
  };
  const order = { publishedAt: 'DESC', id: 'DESC' } as const;
  const { reader } = context.database;
  const fitting = note === null ? await fittingOf(context, memberId, { where: open, order }) : [];
  const shown = new Set(fitting.map(({ promotion }) => promotion.id));
  const others = await reader.find(Promotion, { where: open, order, take: size + shown.size });
  const promotions = [
    ...fitting,
    ...others
      .filter(({ id }) => !shown.has(id))
      .map((promotion): Recommended => ({ promotion, segment: null })),
  ];
  return { isPersonalised: note === null, note, promotions: promotions.slice(0, size) };
}

async function whyNot(
  { peers, requestId, deadline }: Context,
  memberId: string,
): Promise<Recommendations['note']> {
  try {
    const consents = await consentsOf(peers, [memberId], { requestId, deadline });
    return consents.get(memberId)?.isProfiled === true ? null : 'NO_PROFILE_AGREED';
  } catch (error) {
    if (error instanceof PeerFailure) return 'CONSENTS_NOT_KNOWN';
    throw error;
  }
}

/** The newest promotions of merchants where she has a profile whose segment means her. Four statements at most. */
async function fittingOf(
  { loaders, database: { reader } }: Context,
  memberId: string,
  { where, order }: Readonly<{ where: object; order: Readonly<Record<string, 'DESC'>> }>,
): Promise<Recommended[]> {
  const profiles = await loaders.profilesByMember.load(memberId);
  const merchantId = In(profiles.map((profile) => profile.merchantId));
  const aimed = await reader.find(Promotion, {
    where: { ...where, merchantId, segmentId: Not(IsNull()) },
    order,
    take: LOOKED_AT_MAX,
  });
  const segmentIds = [...new Set(aimed.flatMap(({ segmentId }) => segmentId ?? []))];
  const segments = await reader.findBy(Segment, { id: In(segmentIds), endedAt: IsNull() });
  if (segments.length === 0) return [];
  const parts = segments.map((segment) => ({ id: segment.id, ...meantBy(segment) }));
  const fits = await reader.query<{ id: string }[]>(
    parts
      .map(
        ({ sql }) =>
          `SELECT ? AS id FROM merchants_profile profile WHERE profile.member_id = ? AND ${sql}`,
      )
      .join(' UNION ALL '),
    parts.flatMap(({ id, parameters }) => [id, memberId, ...parameters]),
  );
  const fitIds = new Set(fits.map(({ id }) => id));
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  return aimed.flatMap((promotion) => {
    const segment = byId.get(promotion.segmentId ?? '') ?? null;
    return segment !== null && fitIds.has(segment.id) ? [{ promotion, segment }] : [];
  });
}
