import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import type { Standing } from './domain/issuing.ts';
import {
  Campaign,
  CampaignOffer,
  type CampaignOfferRow,
  type CampaignRow,
} from './entities/campaign.ts';
import { Contract, type ContractRow } from './entities/contract.ts';
import { type DocumentRow, IssuerDocuments } from './entities/document.ts';
import { Store, type StoreRow } from './entities/store.ts';
import { type IndustryFact, industryFactsOf } from './queries/industry-facts.ts';
import { type Waited, waitedOf } from './queries/owed.ts';
import { type StaffRow, staffOf } from './queries/staff.ts';
import { readStandings } from './queries/standings.ts';
import { type Unissued, unissuedOf } from './queries/unissued.ts';

/** The batched reads of standing: one statement each. */
export const standingLoaders = (reader: EntityManager) => ({
  standingByMerchant: batchByKey<Standing>(
    ({ merchantId }) => merchantId,
    async (ids) => [...(await readStandings(reader, ids)).values()],
  ),
  documentById: batchByKey<DocumentRow>(
    ({ id }) => id,
    (ids) => reader.findBy(IssuerDocuments, { id: In(ids) }),
  ),
  documentsByMerchant: batchManyByKey<DocumentRow>(
    ({ merchantId }) => merchantId,
    (ids) =>
      reader.find(IssuerDocuments, {
        where: { merchantId: In(ids) },
        order: { kind: 'ASC', submittedAt: 'DESC', id: 'ASC' },
      }),
  ),
  contractsByMerchant: batchManyByKey<ContractRow>(
    ({ merchantId }) => merchantId,
    (ids) => reader.find(Contract, { where: { merchantId: In(ids) }, order: { version: 'DESC' } }),
  ),
  storeById: batchByKey<StoreRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Store, { id: In(ids) }),
  ),
  storesByMerchant: batchManyByKey<StoreRow>(
    ({ merchantId }) => merchantId,
    (ids) => reader.find(Store, { where: { merchantId: In(ids) }, order: { code: 'ASC' } }),
  ),
  staffByMerchant: batchManyByKey<StaffRow>(
    ({ merchantId }) => merchantId,
    (ids) => staffOf(reader, ids),
  ),
  factsByMerchant: batchManyByKey<IndustryFact>(
    ({ merchantId }) => merchantId,
    (ids) => industryFactsOf(reader, ids),
  ),
  waitedByPurchase: batchManyByKey<Waited>(
    ({ purchaseId }) => purchaseId,
    (ids) => waitedOf(reader, ids),
  ),
  campaignById: batchByKey<CampaignRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Campaign, { id: In(ids) }),
  ),
  offersByMerchant: batchManyByKey<CampaignOfferRow>(
    ({ merchantId }) => merchantId,
    (ids) =>
      reader.find(CampaignOffer, { where: { merchantId: In(ids) }, order: { campaignId: 'DESC' } }),
  ),
  /** Why a purchase got no points, when its merchant might not issue any. */
  unissuedByPurchase: batchByKey<Unissued>(
    ({ purchaseId }) => purchaseId,
    (ids) => unissuedOf(reader, ids),
  ),
});
