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
} from '../../../../shared/graphql/refusals.ts';
import { lockProgramme } from '../../rules/commands/lock.ts';
import type { NoticePolicy } from '../../rules/domain/notice.ts';
import type { ProposeTierPricesInput, TierPriceInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { FINEST_PRICE, type TierPrice } from '../domain/tier-price.ts';
import { TierPriceProposal, type TierPriceProposalRow } from '../entities/tier-price-proposal.ts';
import { checkCategoriesSold } from '../queries/sells.ts';
import { effectOf } from './effect-of-prices.ts';

export type TierPricesProposed = Readonly<{ kind: 'TierPricesProposed'; proposalId: string }>;

type Outcome =
  | TierPricesProposed
  | Refused<'TierPricesPending'>
  | Refused<'NoticeTooShort'>
  | NotFound
  | InvalidInput;

const PRICES_MAX = 20;
const TIER_MAX = 64;
const CATEGORIES_MAX = 200;
const CODE_MAX = 64;

/**
 * Proposes what members of a programme pay by tier, in the place of an earlier proposal. Nobody pays by it before a
 * second person publishes it.
 */
export const proposeTierPricesOf = (policy: NoticePolicy) =>
  async function proposeTierPrices(work: Work, input: ProposeTierPricesInput): Promise<Outcome> {
    const { manager, at, caller, newId } = work;
    const { programmeId, effectiveAt: askedAt = null } = input;
    const programme = await lockProgramme(work, programmeId);
    if (programme === null || !actsForMerchant(caller, programme.merchantId)) {
      return notFound('PROGRAMME_NOT_FOUND');
    }
    await requireDeed(work, programme.merchantId, 'RULES');
    const unusable = checkPrices(input.prices);
    if (unusable !== null) return unusable;
    const prices = input.prices.map(tierPriceOf);
    const unknown = await checkCategoriesSold(
      manager,
      programme.merchantId,
      prices.map(({ categories = [] }) => categories),
    );
    if (unknown !== null) return unknown;
    // Whoever publishes it would be told the same, and could not mend it.
    const effect = await effectOf(work, { programmeId, prices, askedAt }, policy);
    if ('kind' in effect) return effect;

    // From here on the command must succeed.
    const row: TierPriceProposalRow = {
      id: newId(),
      programmeId,
      prices,
      askedAt,
      proposedBy: caller.subject,
      proposedAt: at,
      state: 'OPEN',
      withdrawnBy: null,
      withdrawnAt: null,
    };
    await manager.update(TierPriceProposal, { programmeId, state: 'OPEN' }, { state: 'REPLACED' });
    await manager.insert(TierPriceProposal, row);
    return { kind: 'TierPricesProposed', proposalId: row.id };
  };

const tierPriceOf = ({ tier, part, of, categories }: TierPriceInput): TierPrice =>
  categories == null ? { tier, part, of } : { tier, part, of, categories };

/** The first thing for which prices cannot be used, or null. */
function checkPrices(prices: readonly TierPriceInput[]): InvalidInput | null {
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

const checkPrice = (
  field: string,
  { tier, part, of, categories }: TierPriceInput,
): InvalidInput | null =>
  checkKey(`${field}.tier`, tier, TIER_MAX) ??
  checkPositive(`${field}.part`, part) ??
  checkPositive(`${field}.of`, of) ??
  (of > FINEST_PRICE
    ? invalidInput('PRICE_TOO_FINE', `${field}.of`, { max: FINEST_PRICE })
    : null) ??
  (part < of ? null : invalidInput('PRICE_NOT_LESS', `${field}.part`)) ??
  checkCategories(`${field}.categories`, categories ?? null);

function checkCategories(field: string, categories: readonly string[] | null): InvalidInput | null {
  if (categories === null) return null;
  if (categories.length === 0 || categories.length > CATEGORIES_MAX) {
    return invalidInput('LIST_NOT_USABLE', field, { max: CATEGORIES_MAX });
  }
  return categories.reduce<InvalidInput | null>(
    (found, code, index) => found ?? checkKey(`${field}.${index}`, code, CODE_MAX),
    null,
  );
}
