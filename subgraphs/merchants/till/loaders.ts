import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { TierPriceProposal, type TierPriceProposalRow } from './entities/tier-price-proposal.ts';
import { TierPrices, type TierPricesRow } from './entities/tier-prices.ts';
import { type CategoryRow, type ChannelRow, categoriesOf, channelsOf } from './queries/channels.ts';

/** The batched reads of the till: one statement each. */
export const tillLoaders = (reader: EntityManager) => ({
  channelsByMerchant: batchManyByKey<ChannelRow>(
    ({ merchantId }) => merchantId,
    (ids) => channelsOf(reader, ids),
  ),
  categoriesByMerchant: batchManyByKey<CategoryRow>(
    ({ merchantId }) => merchantId,
    (ids) => categoriesOf(reader, ids),
  ),
  proposalById: batchByKey<TierPriceProposalRow>(
    ({ id }) => id,
    (ids) => reader.findBy(TierPriceProposal, { id: In(ids) }),
  ),
  openProposalByProgramme: batchByKey<TierPriceProposalRow>(
    ({ programmeId }) => programmeId,
    (ids) => reader.findBy(TierPriceProposal, { programmeId: In(ids), state: 'OPEN' }),
  ),
  /** All versions, the first one first. */
  tierPricesByProgramme: batchManyByKey<TierPricesRow>(
    ({ programmeId }) => programmeId,
    (ids) =>
      reader.find(TierPrices, { where: { programmeId: In(ids) }, order: { version: 'ASC' } }),
  ),
});
