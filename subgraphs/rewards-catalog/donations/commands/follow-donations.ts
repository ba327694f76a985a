import { type EntityManager, In } from 'typeorm';
import { z } from 'zod';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { sum, toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { Reward } from '../../entities/reward.ts';
import { causeOf, givenMinor } from '../domain/donation.ts';

const redeemed = z.object({
  rewardId: z.string(),
  quantity: z.number().int().positive(),
  /** Of a return: how many did not come back. */
  left: z.number().int().nullish(),
});

/** What an event does to the totals. A part that comes back makes a donation smaller; fewer of them, when it was the last. */
const EFFECTS: Readonly<Record<string, Readonly<{ sign: 1 | -1; counts: 1 | 0 | -1 }>>> = {
  'redemption.completed': { sign: 1, counts: 1 },
  'redemption.cancelled': { sign: -1, counts: -1 },
  'redemption.returned': { sign: -1, counts: 0 },
};

/** Adds up what was donated to each charity, from this subgraph's own feed, so that the public can ask at any time. */
export const followDonations = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'rewards-catalog',
    consumer: 'rewards-donations',
    apply: (manager, events) => addUp(frame, manager, events),
  });

async function addUp(
  { database: { dialect } }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const changes = events.flatMap(({ kind, payload }) => {
    const effect = EFFECTS[kind];
    if (effect === undefined) return [];
    const what = redeemed.parse(payload);
    return [{ ...effect, ...what, counts: what.left === 0 ? -1 : effect.counts }];
  });
  if (changes.length === 0) return;
  const ids = [...new Set(changes.map(({ rewardId }) => rewardId))];
  const rewards = await manager.findBy(Reward, { id: In(ids), kind: 'DONATION' });
  const byId = new Map(rewards.map((reward) => [reward.id, reward]));
  const donations = changes.flatMap(({ sign, counts, rewardId, quantity }) => {
    const reward = byId.get(rewardId);
    const number = reward && causeOf(reward)?.registrationNumber;
    return reward === undefined || number === undefined
      ? []
      : [
          {
            number,
            currency: reward.cashCurrency,
            counts,
            minor: sign * givenMinor(reward, { quantity, returned: 0 }),
          },
        ];
  });
  const alike = Map.groupBy(donations, ({ number, currency }) => `${number} ${currency}`);
  const rows = [...alike]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => {
      const [first] = all;
      if (first === undefined) return [];
      const count = sum(all.map(({ counts }) => counts));
      const minor = toSafeInteger(sum(all.map((one) => one.minor)));
      return [[first.number, first.currency, count, minor]];
    });
  const key = ['registration_number', 'currency'];
  const added = ['donations', 'minor'];
  await insertRows(manager, 'rewards_charity_total', [...key, ...added], rows, {
    ending: dialect.onDuplicateAdd('rewards_charity_total', key, added),
  });
}
