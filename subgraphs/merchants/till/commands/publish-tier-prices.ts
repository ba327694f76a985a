import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { lockProgramme } from '../../rules/commands/lock.ts';
import type { NoticePolicy } from '../../rules/domain/notice.ts';
import type { PublishTierPricesInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { TierPriceProposal } from '../entities/tier-price-proposal.ts';
import { TierPrices, type TierPricesRow } from '../entities/tier-prices.ts';
import { effectOf } from './effect-of-prices.ts';

export type TierPricesPublished = Readonly<{ kind: 'TierPricesPublished'; programmeId: string }>;

type Outcome =
  | TierPricesPublished
  | Refused<'SecondPersonNeeded'>
  | Refused<'TierPricesPending'>
  | Refused<'NoticeTooShort'>
  | NotFound
  | InvalidInput;

/** A second person stands for proposed prices: they are public as another version, and their notice begins now. */
export const publishTierPricesOf = (policy: NoticePolicy) =>
  async function publishTierPrices(
    work: Work,
    { proposalId }: PublishTierPricesInput,
  ): Promise<Outcome> {
    const { manager, at, caller } = work;
    const programmeId = await lockedProgramme(work, proposalId);
    if (programmeId === null) return notFound('TIER_PRICES_NOT_PROPOSED');
    // It may have been replaced or published while this one waited for the lock.
    const proposal = await manager.findOneBy(TierPriceProposal, { id: proposalId, state: 'OPEN' });
    if (proposal === null) return notFound('TIER_PRICES_NOT_PROPOSED');
    if (proposal.proposedBy === caller.subject) {
      return refused('SecondPersonNeeded', 'TIER_PRICES_SECOND_PERSON');
    }
    const effect = await effectOf(work, proposal, policy);
    if ('kind' in effect) return effect;

    // From here on the command must succeed.
    await manager.insert(TierPrices, {
      programmeId,
      ...effect,
      prices: proposal.prices,
      proposedBy: proposal.proposedBy,
      publishedBy: caller.subject,
      publishedAt: at,
    } satisfies TierPricesRow);
    await manager.update(TierPriceProposal, proposal.id, { state: 'PUBLISHED' });
    return { kind: 'TierPricesPublished', programmeId };
  };

/** The programme that a proposal is about, locked. Null: there is none for the caller. */
async function lockedProgramme(work: Work, proposalId: string): Promise<string | null> {
  const found = await work.manager.findOneBy(TierPriceProposal, { id: proposalId });
  // MariaDB finds an id with blanks after it as well.
  if (found?.id !== proposalId) return null;
  const programme = await lockProgramme(work, found.programmeId);
  if (programme === null || !actsForMerchant(work.caller, programme.merchantId)) return null;
  await requireDeed(work, programme.merchantId, 'RULES');
  return programme.id;
}
