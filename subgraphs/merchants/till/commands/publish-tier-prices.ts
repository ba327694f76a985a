import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { NoticePolicy } from '../../rules/domain/notice.ts';
import type { PublishTierPricesInput } from '../../schema.generated.ts';
import { TierPriceProposal } from '../entities/tier-price-proposal.ts';
import { TierPrices, type TierPricesRow } from '../entities/tier-prices.ts';
import { effectOf } from './effect-of-prices.ts';
import { lockProposal } from './lock-proposal.ts';

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
    const proposal = await lockProposal(work, proposalId);
    if (proposal === null) return notFound('TIER_PRICES_NOT_PROPOSED');
    const { programmeId } = proposal;
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
