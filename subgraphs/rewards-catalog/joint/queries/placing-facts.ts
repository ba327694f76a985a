import type { Hands } from '../../commands/advance-redemption.ts';
import { Reward } from '../../entities/reward.ts';
import type { Facts } from '../../offers/domain/conditions.ts';
import { offerFacts } from '../../offers/queries/offer-facts.ts';
import { memberStanding, merchantStanding, type Standing } from '../../queries/standing.ts';
import type { JointRow } from '../entities/joint.ts';
import type { PartRow } from '../entities/part.ts';

/** What other subgraphs say of those who pay, at the moment when all have accepted. */
export type PlacingFacts = Readonly<{
  merchant: Standing;
  /** By member. */
  members: ReadonlyMap<string, Readonly<{ standing: Standing; offer: Facts }>>;
}>;

/** Asks members and merchants. Throws PeerFailure when they do not answer. */
export async function placingFacts(
  { frame, call }: Hands,
  { rewardId, merchantId, quantity }: JointRow,
  parts: readonly PartRow[],
): Promise<PlacingFacts> {
  const { peers, newId, database } = frame;
  const asking = { peers, ...(call ?? { requestId: newId(), deadline: null }) };
  const reward = await database.reader.findOneByOrFail(Reward, { id: rewardId });
  const [merchant, ...members] = await Promise.all([
    merchantStanding(asking, merchantId),
    ...parts.map(async ({ memberId, region }) => {
      const asked = { memberId, quantity, region, slotId: null, purchaseId: null };
      const [standing, offer] = await Promise.all([
        memberStanding(asking, memberId),
        offerFacts(asking, reward, asked),
      ]);
      return [memberId, { standing, offer }] as const;
    }),
  ]);
  return { merchant, members: new Map(members) };
}
