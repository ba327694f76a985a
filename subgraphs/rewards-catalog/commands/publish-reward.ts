import type { Work } from '../../../shared/commands/run-command.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import {
  areBlocking,
  type NotLawful,
  notLawful,
  type WordedFinding,
} from '../../../shared/graphql/law.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { writeTerms } from '../aftersales/commands/write-terms.ts';
import { checkTerms, termsOf } from '../aftersales/domain/terms.ts';
import type { CodeNames } from '../domain/code-names.ts';
import { checkReward } from '../domain/reward.ts';
import { offerColumns, writeOffer } from '../offers/commands/write-offer.ts';
import { checkOffer, checkTiers } from '../offers/domain/check-offer.ts';
import type { Seller } from '../queries/standing.ts';
import type { PublishRewardInput } from '../schema.generated.ts';
import { checkOffset } from '../till/domain/check-offset.ts';
import { checkPerOrder, voucherColumns } from '../vouchers/domain/per-order.ts';

export type RewardPublished = Readonly<{ kind: 'RewardPublished'; rewardId: string }>;

export type PublishRewardOutcome =
  | RewardPublished
  | InvalidInput
  | NotFound
  | NotLawful
  | Refused<'RewardNotAvailable'>;

/**
 * `seller` and `findings`: what the subgraph merchants and its compliance guard said just before. A price is in
 * alliance points or in a unit of the merchant's own: points of a unit that is good at one merchant alone never
 * become another's claim. `tiers`: all there are, when the offer says anything about tiers.
 * `names`: what the codes that it names are called; they are kept, for what is told of a reward never changes.
 */
export const publishReward = (
  { standing: merchant, units, currency }: Seller,
  findings: readonly WordedFinding[],
  tiers: readonly string[] = [],
  names: CodeNames = [],
) =>
  // The frame scopes keys by the name of the function.
  async function publishReward(
    work: Work,
    input: PublishRewardInput,
  ): Promise<PublishRewardOutcome> {
    const { title, kind, merchantId, points, cashPrice, terms, category, seller, weekdays } = input;
    const unit = input.unit ?? 'ALLIANCE';
    const validDays = input.validDays ?? 90;
    const stock = input.stock ?? null;
    const wrong =
      checkReward({ ...input, unit, stock, validDays }) ??
      checkTerms(input) ??
      checkOffer(input, work.at) ??
      checkPerOrder(input) ??
      checkOffset(input);
    if (wrong !== null) return wrong;
    if (merchant === null) return notFound('MERCHANT_NOT_FOUND');
    if (merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'SELLER_SUSPENDED');
    if (currency !== null && cashPrice.currency !== currency) {
      return invalidInput('CURRENCY_NOT_OF_CONTRACT', 'cashPrice.currency', { currency });
    }
    if (unit !== 'ALLIANCE' && !units.includes(unit)) return invalidInput('UNIT_NOT_OWN', 'unit');
    if (termsOf(input).compensationPercent > 0 && !units.includes(unit)) {
      return invalidInput('COMPENSATION_NOT_OWN', 'afterSales.faultCompensationPercent');
    }
    const wrongTier = checkTiers(input, tiers);
    if (wrongTier !== null) return wrongTier;
    if (areBlocking(findings)) return notLawful(findings);

    // From here on the command must succeed.
    const rewardId = work.newId();
    const offered = {
      ...offerColumns(input),
      ...voucherColumns(input),
      code_names: JSON.stringify(names),
    };
    await insertRows(
      work.manager,
      'rewards_reward',
      [
        ...['id', 'title_zh', 'title_en', 'kind', 'merchant_id', 'points', 'unit', 'cash_minor'],
        ...['cash_currency', 'stock', 'valid_days', 'terms_zh', 'terms_en', 'category', 'seller'],
        ...['weekdays', 'status', 'published_ms', ...Object.keys(offered)],
      ],
      [
        [
          ...[rewardId, title.zh.trim(), title.en.trim(), kind, merchantId, points, unit],
          ...[cashPrice.amountMinor, cashPrice.currency, stock, validDays],
          ...[terms?.zh.trim() ?? null, terms?.en.trim() ?? null, category?.trim() ?? null],
          ...[seller?.trim() ?? null, weekdays == null ? null : JSON.stringify(weekdays)],
          ...['PUBLISHED', work.at.getTime(), ...Object.values(offered)],
        ],
      ],
    );
    await writeOffer(work, rewardId, input);
    await writeTerms(work, rewardId, input);
    return { kind: 'RewardPublished', rewardId };
  };
