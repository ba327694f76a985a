import { type EntityManager, In } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { Charity, type CharityRow } from './entities/charity.ts';
import { Delivery, type DeliveryRow } from './entities/delivery.ts';

/** What was donated to a charity in one currency, and how much of it was handed over, in its smallest unit. */
export type CharityTotal = Readonly<{
  registrationNumber: string;
  currency: string;
  donations: number;
  minor: number;
  delivered: number;
}>;

/** The batched reads of donations. */
export const createDonationLoaders = (reader: EntityManager) => ({
  charityById: batchByKey<CharityRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Charity, { id: In(ids) }),
  ),
  /** All entries with a registration number, the newest first. */
  charitiesByNumber: batchManyByKey<CharityRow>(
    ({ registrationNumber }) => registrationNumber,
    (numbers) =>
      reader.find(Charity, {
        where: { registrationNumber: In(numbers) },
        order: { proposedAt: 'DESC', id: 'DESC' },
      }),
  ),
  charityTotals: batchManyByKey<CharityTotal>(
    ({ registrationNumber }) => registrationNumber,
    (numbers) => readTotals(reader, numbers),
  ),
  deliveryById: batchByKey<DeliveryRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Delivery, { id: In(ids) }),
  ),
  deliveryIdByRedemption: batchByKey<{ redemptionId: string; deliveryId: string }>(
    ({ redemptionId }) => redemptionId,
    (ids) =>
      reader.query(
        `SELECT redemption_id AS redemptionId, delivery_id AS deliveryId FROM rewards_delivered
         WHERE redemption_id IN (${placeholders(ids.length)})`,
        [...ids],
      ),
  ),
});

async function readTotals(
  reader: EntityManager,
  numbers: readonly string[],
): Promise<CharityTotal[]> {
  const rows = await reader.query<Record<string, unknown>[]>(
    `SELECT total.registration_number, total.currency, total.donations, total.minor,
       (SELECT COALESCE(SUM(delivery.minor), 0) FROM rewards_delivery delivery
        WHERE delivery.registration_number = total.registration_number
          AND delivery.currency = total.currency) AS delivered
     FROM rewards_charity_total total WHERE total.registration_number IN (${placeholders(numbers.length)})
     ORDER BY total.registration_number, total.currency`,
    [...numbers],
  );
  return rows.map((row) => ({
    registrationNumber: String(row.registration_number),
    currency: String(row.currency),
    donations: toSafeInteger(row.donations),
    minor: toSafeInteger(row.minor),
    delivered: toSafeInteger(row.delivered),
  }));
}
