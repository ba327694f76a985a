import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  checkKey,
  checkPositive,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { haveEarned } from '../../rules/commands/around-rule.ts';
import { lockProgramme, noticeTooShort } from '../../rules/commands/lock.ts';
import { earliestEffect, type NoticePolicy, noticeDays } from '../../rules/domain/notice.ts';
import type { PublishTierPricesInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { dearerTiers, FINEST_PRICE, type TierPrice } from '../domain/tier-price.ts';
import { pricesInForce, TierPrices, type TierPricesRow } from '../entities/tier-prices.ts';

export type TierPricesPublished = Readonly<{ kind: 'TierPricesPublished'; programmeId: string }>;

type Outcome =
  | TierPricesPublished
  | Refused<'TierPricesPending'>
  | Refused<'NoticeTooShort'>
  | NotFound
  | InvalidInput;

const PRICES_MAX = 20;
const TIER_MAX = 64;

/**
 * Publishes what members of a programme pay by tier, as another version. A change of what is in force has the
 * notice of a change of a rule (电子商务法 34); what only comes to be needs none.
 */
export const publishTierPricesOf = (policy: NoticePolicy) =>
  async function publishTierPrices(work: Work, input: PublishTierPricesInput): Promise<Outcome> {
    const { manager, at, caller } = work;
    const { programmeId, effectiveAt: asked = null } = input;
    const programme = await lockProgramme(work, programmeId);
    if (programme === null || !actsForMerchant(caller, programme.merchantId)) {
      return notFound('PROGRAMME_NOT_FOUND');
    }
    await requireDeed(work, programme.merchantId, 'RULES');
    const unusable = checkPrices(input.prices);
    if (unusable !== null) return unusable;
    if (asked !== null && asked < at) return invalidInput('EFFECTIVE_IN_PAST', 'effectiveAt');
    const versions = await manager.find(TierPrices, {
      where: { programmeId },
      order: { version: 'ASC' },
    });
    const last = versions.at(-1);
    if (last !== undefined && last.effectiveAt > at) {
      return refused('TierPricesPending', 'TIER_PRICES_PENDING', { version: last.version });
    }
    const before = pricesInForce(versions, at)?.prices ?? [];
    const isAdverse = dearerTiers(before, input.prices).length > 0;
    const days = noticeDays(
      {
        kind: before.length === 0 ? 'FIRST' : 'CHANGE',
        isAdverse,
        // Who has earned there may have bought for the price.
        concernsMany: isAdverse && (await haveEarned(manager, [programmeId], policy.many)),
      },
      policy,
    );
    const earliest = earliestEffect(at, days);
    const effectiveAt = asked ?? earliest;
    if (effectiveAt < earliest) return noticeTooShort(earliest, days);

    // From here on the command must succeed.
    await manager.insert(TierPrices, {
      programmeId,
      version: (last?.version ?? 0) + 1,
      prices: input.prices.map(({ tier, part, of }) => ({ tier, part, of })),
      publishedBy: caller.subject,
      publishedAt: at,
      effectiveAt,
    } satisfies TierPricesRow);
    return { kind: 'TierPricesPublished', programmeId };
  };

/** The first thing for which prices cannot be used, or null. */
function checkPrices(prices: readonly TierPrice[]): InvalidInput | null {
  if (prices.length > PRICES_MAX) {
    return invalidInput('TOO_MANY_TIER_PRICES', 'prices', { max: PRICES_MAX });
  }
  for (const [index, price] of prices.entries()) {
    const field = `prices.${index}`;
    const unusable = checkPrice(field, price);
    if (unusable !== null) return unusable;
    if (prices.findIndex(({ tier }) => tier === price.tier) < index) {
      return invalidInput('TIER_REPEATED', `${field}.tier`, { tier: price.tier });
    }
  }
  return null;
}

const checkPrice = (field: string, { tier, part, of }: TierPrice): InvalidInput | null =>
  checkKey(`${field}.tier`, tier, TIER_MAX) ??
  checkPositive(`${field}.part`, part) ??
  checkPositive(`${field}.of`, of) ??
  (of > FINEST_PRICE
    ? invalidInput('PRICE_TOO_FINE', `${field}.of`, { max: FINEST_PRICE })
    : null) ??
  (part < of ? null : invalidInput('PRICE_NOT_LESS', `${field}.part`));
