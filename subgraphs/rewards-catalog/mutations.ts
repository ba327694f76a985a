import { rememberedOutcome } from '../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../shared/graphql/caller.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { askingGuard } from '../../shared/graphql/law.ts';
import { checkTerms } from './aftersales/domain/terms.ts';
import { type PublishRewardOutcome, publishReward } from './commands/publish-reward.ts';
import type { Context } from './context.ts';
import { codesOf } from './domain/code-names.ts';
import { checkReward } from './domain/reward.ts';
import { checkOffer, namesTiers } from './offers/domain/check-offer.ts';
import { NO_TIERS } from './offers/domain/price.ts';
import { tierOf } from './offers/queries/offer-facts.ts';
import { codeNamesOf } from './queries/code-names.ts';
import { findingsOfReward } from './queries/findings-of-reward.ts';
import { type Seller, sellerOf } from './queries/standing.ts';
import type { PublishRewardInput } from './schema.generated.ts';
import { checkOffset } from './till/domain/check-offset.ts';
import { checkPerOrder } from './vouchers/domain/per-order.ts';

const NOBODY: Seller = { standing: null, units: [], name: null, currency: null };

/**
 * Asks merchants about the merchant, and its compliance guard about the reward, then publishes. A repeated key is
 * answered without asking. Throws FORBIDDEN for another's merchant; SUBGRAPH_UNAVAILABLE while merchants does not
 * answer: what nobody has looked at is not published.
 */
export async function publish(
  context: Context,
  input: PublishRewardInput,
): Promise<PublishRewardOutcome> {
  if (!actsForMerchant(context.caller, input.merchantId)) throw fault('FORBIDDEN');
  const earlier = await rememberedOutcome(context, publishReward(NOBODY, []), input);
  if (earlier !== null) return earlier.outcome;
  const wrong =
    checkReward(input) ??
    checkTerms(input) ??
    checkOffer(input, context.clock.now()) ??
    checkPerOrder(input) ??
    checkOffset(input);
  if (wrong !== null) return context.run(publishReward(NOBODY, []), input);
  const { seller, findings, tiers, names } = await lookedAt(context, input);
  return context.run(publishReward(seller, findings, tiers, names), input);
}

const lookedAt = (context: Context, input: PublishRewardInput) =>
  askingGuard(async () => {
    const seller = await sellerOf(context, input.merchantId);
    const findings = await findingsOfReward(context, input, seller);
    const isAsked = namesTiers(input) || input.kind === 'TIER_BENEFIT';
    const { all } = isAsked ? await tierOf(context, null) : NO_TIERS;
    const names = await codeNamesOf(context, input.merchantId, codesOf(input));
    return { seller, findings, tiers: all.map(({ code }) => code), names };
  });
