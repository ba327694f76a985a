import { type EntityManager, In } from 'typeorm';
import { batchManyByKey } from '../../../shared/graphql/batch.ts';
import { TierPrices, type TierPricesRow } from './entities/tier-prices.ts';
import { type ChannelRow, channelsOf } from './queries/channels.ts';

/** The batched reads of the till: one statement each. */
export const tillLoaders = (reader: EntityManager) => ({
  channelsByMerchant: batchManyByKey<ChannelRow>(
    ({ merchantId }) => merchantId,
    (ids) => channelsOf(reader, ids),
  ),
  /** All versions, the first one first. */
  tierPricesByProgramme: batchManyByKey<TierPricesRow>(
    ({ programmeId }) => programmeId,
    (ids) =>
      reader.find(TierPrices, { where: { programmeId: In(ids) }, order: { version: 'ASC' } }),
  ),
});
