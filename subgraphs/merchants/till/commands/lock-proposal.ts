import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { lockProgramme } from '../../rules/commands/lock.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { TierPriceProposal, type TierPriceProposalRow } from '../entities/tier-price-proposal.ts';

/**
 * An open proposal of prices by tier, with its programme locked. Null: there is none for the caller. Throws FORBIDDEN
 * when her role does not let her change rules.
 */
export async function lockProposal(
  work: Work,
  proposalId: string,
): Promise<TierPriceProposalRow | null> {
  const { manager, caller } = work;
  const found = await manager.findOneBy(TierPriceProposal, { id: proposalId });
  // MariaDB finds an id with blanks after it as well.
  if (found?.id !== proposalId) return null;
  const programme = await lockProgramme(work, found.programmeId);
  if (programme === null || !actsForMerchant(caller, programme.merchantId)) return null;
  await requireDeed(work, programme.merchantId, 'RULES');
  // It may have been replaced, published or withdrawn while this one waited for the lock.
  return manager.findOneBy(TierPriceProposal, { id: proposalId, state: 'OPEN' });
}
