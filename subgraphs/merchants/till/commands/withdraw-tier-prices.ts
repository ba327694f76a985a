import type { Work } from '../../../../shared/commands/run-command.ts';
import { type NotFound, notFound } from '../../../../shared/graphql/refusals.ts';
import type { WithdrawTierPricesInput } from '../../schema.generated.ts';
import { TierPriceProposal } from '../entities/tier-price-proposal.ts';
import { lockProposal } from './lock-proposal.ts';

export type TierPricesWithdrawn = Readonly<{ kind: 'TierPricesWithdrawn'; programmeId: string }>;

/** Takes proposed prices back before anybody has published them: by who proposed them, or anybody who may. */
export async function withdrawTierPrices(
  work: Work,
  { proposalId }: WithdrawTierPricesInput,
): Promise<TierPricesWithdrawn | NotFound> {
  const { manager, at, caller } = work;
  const proposal = await lockProposal(work, proposalId);
  if (proposal === null) return notFound('TIER_PRICES_NOT_PROPOSED');

  // From here on the command must succeed.
  await manager.update(TierPriceProposal, proposalId, {
    state: 'WITHDRAWN',
    withdrawnBy: caller.subject,
    withdrawnAt: at,
  });
  return { kind: 'TierPricesWithdrawn', programmeId: proposal.programmeId };
}
