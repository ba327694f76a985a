import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { haveEarned } from '../../rules/commands/around-rule.ts';
import { noticeTooShort } from '../../rules/commands/lock.ts';
import { earliestEffect, type NoticePolicy, noticeDays } from '../../rules/domain/notice.ts';
import { dearerTiers } from '../domain/tier-price.ts';
import type { TierPriceProposalRow } from '../entities/tier-price-proposal.ts';
import { pricesInForce, TierPrices } from '../entities/tier-prices.ts';

/** The next version of prices, if it were published now. */
export type PricesEffect = Readonly<{ version: number; effectiveAt: Date }>;

type Asked = Pick<TierPriceProposalRow, 'programmeId' | 'prices' | 'askedAt'>;

/**
 * From when on prices hold that are published at this instant. A change of what is in force has the notice of a
 * change of a rule (电子商务法 34); what only comes to be needs none.
 */
export async function effectOf(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  { programmeId, prices, askedAt }: Asked,
  policy: NoticePolicy,
): Promise<PricesEffect | Refused<'TierPricesPending'> | Refused<'NoticeTooShort'> | InvalidInput> {
  if (askedAt !== null && askedAt < at) return invalidInput('EFFECTIVE_IN_PAST', 'effectiveAt');
  const versions = await manager.find(TierPrices, {
    where: { programmeId },
    order: { version: 'ASC' },
  });
  const last = versions.at(-1);
  if (last !== undefined && last.effectiveAt > at) {
    return refused('TierPricesPending', 'TIER_PRICES_PENDING', { version: last.version });
  }
  const before = pricesInForce(versions, at)?.prices ?? [];
  const isAdverse = dearerTiers(before, prices).length > 0;
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
  const effectiveAt = askedAt ?? earliest;
  if (effectiveAt < earliest) return noticeTooShort(earliest, days);
  return { version: (last?.version ?? 0) + 1, effectiveAt };
}
