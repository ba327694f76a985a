import { type EntityManager, In } from 'typeorm';
import { acrossRequests, batchByKey, batchManyByKey } from '../../shared/graphql/batch.ts';
import { complianceLoaders } from './compliance/loaders.ts';
import { createDisclosureLoaders } from './disclosure/loaders.ts';
import { Award, type AwardRow } from './entities/award.ts';
import { Merchant, type MerchantRow } from './entities/merchant.ts';
import { Posting, type PostingRow } from './entities/posting.ts';
import { Programme, type ProgrammeRow } from './entities/programme.ts';
import { Purchase, type PurchaseRow } from './entities/purchase.ts';
import { PurchaseLine, type PurchaseLineRow } from './entities/purchase-line.ts';
import { createGrantLoaders } from './grants/loaders.ts';
import { createOrderLoaders } from './orders/loaders.ts';
import { createProfileLoaders } from './profile/loaders.ts';
import { Rule, type RuleRow } from './rules/entities/rule.ts';
import { createRuleLoaders } from './rules/loaders.ts';
import { standingLoaders } from './standing/loaders.ts';
import { tillLoaders } from './till/loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batched reads of one request: one statement each, for however many keys. */
export const createLoaders = (reader: EntityManager) => ({
  ...createRuleLoaders(reader),
  ...createGrantLoaders(reader),
  ...createOrderLoaders(reader),
  ...createDisclosureLoaders(reader),
  ...standingLoaders(reader),
  ...complianceLoaders(reader),
  ...createProfileLoaders(reader),
  ...tillLoaders(reader),
  merchantById: batchByKey(
    ({ id }: MerchantRow) => id,
    acrossRequests(reader, 'merchantById', (ids) => reader.findBy(Merchant, { id: In(ids) })),
  ),
  programmeById: batchByKey(
    ({ id }: ProgrammeRow) => id,
    (ids) => reader.findBy(Programme, { id: In(ids) }),
  ),
  programmesByMerchant: batchManyByKey(
    ({ merchantId }: ProgrammeRow) => merchantId,
    (ids) => reader.find(Programme, { where: { merchantId: In(ids) }, order: { id: 'ASC' } }),
  ),
  /** The published versions of a rule, the first one first. */
  publishedByRuleKey: batchManyByKey(
    ({ ruleKey }: RuleRow) => ruleKey,
    (keys) =>
      reader.find(Rule, {
        where: { ruleKey: In(keys), state: 'PUBLISHED' },
        order: { version: 'ASC' },
      }),
  ),
  purchaseById: batchByKey(
    ({ id }: PurchaseRow) => id,
    acrossRequests(reader, 'purchaseById', (ids) => reader.findBy(Purchase, { id: In(ids) })),
  ),
  linesByPurchase: batchManyByKey(
    ({ purchaseId }: PurchaseLineRow) => purchaseId,
    (ids) =>
      reader.find(PurchaseLine, { where: { purchaseId: In(ids) }, order: { number: 'ASC' } }),
  ),
  awardsByPurchase: batchManyByKey(
    ({ purchaseId }: AwardRow) => purchaseId,
    acrossRequests(reader, 'awardsByPurchase', (ids) =>
      reader.find(Award, {
        where: { purchaseId: In(ids) },
        order: { programmeId: 'ASC', ruleId: 'ASC' },
      }),
    ),
  ),
  /** What the ledger has not taken, by purchase. */
  openPostingsByPurchase: batchManyByKey(
    ({ purchaseId }: PostingRow) => purchaseId,
    acrossRequests(reader, 'openPostingsByPurchase', (ids) =>
      reader.findBy(Posting, { purchaseId: In(ids), state: In(['WAITING', 'REFUSED']) }),
    ),
  ),
});
