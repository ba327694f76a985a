import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { hasRole } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { newRule } from '../../rules/commands/draft-rule.ts';
import { lockProgramme } from '../../rules/commands/lock.ts';
import { Rule } from '../../rules/entities/rule.ts';
import type { AnswerCampaignInput } from '../../schema.generated.ts';
import { Campaign, CampaignOffer, type CampaignRow } from '../entities/campaign.ts';
import { requireDeed } from '../queries/staff.ts';

export type CampaignAnswered = Readonly<{
  kind: 'CampaignAnswered';
  campaignId: string;
  merchantId: string;
}>;

type Outcome = CampaignAnswered | Refused<'CampaignClosed'> | NotFound | InvalidInput;

/**
 * A merchant accepts a campaign, which makes a draft of one of its programmes, or declines it, which changes
 * nothing. Never the operator in its place: nobody is made to take part (S71).
 */
export async function answerCampaign(work: Work, input: AnswerCampaignInput): Promise<Outcome> {
  const { manager, dialect, at, caller } = work;
  const { campaignId, merchantId, isAccepted } = input;
  if (!hasRole(caller, 'MERCHANT') || caller.merchantId !== merchantId) throw fault('FORBIDDEN');
  await requireDeed(work, merchantId, 'CAMPAIGNS');
  await manager.query(
    `SELECT state FROM merchants_campaign_offer WHERE campaign_id = ? AND merchant_id = ?
     ${dialect.forUpdate}`,
    [campaignId, merchantId],
  );
  const offer = await manager.findOneBy(CampaignOffer, { campaignId, merchantId });
  const campaign = await manager.findOneBy(Campaign, { id: campaignId });
  // MariaDB finds an id with blanks after it as well: that is not this campaign's.
  if (campaign?.id !== campaignId || offer === null) return notFound('CAMPAIGN_NOT_FOUND');
  if (offer.state !== 'OFFERED') return refused('CampaignClosed', 'CAMPAIGN_ANSWERED');
  if (campaign.answerBy <= at) return refused('CampaignClosed', 'CAMPAIGN_OVER');
  const draft = isAccepted ? await draftOf(work, campaign, input) : null;
  if (draft !== null && 'kind' in draft) return draft;

  // From here on the command must succeed.
  if (draft !== null) await manager.insert(Rule, draft);
  await manager.update(
    CampaignOffer,
    { campaignId, merchantId },
    {
      state: isAccepted ? 'ACCEPTED' : 'DECLINED',
      answeredBy: caller.subject,
      answeredAt: at,
      ruleId: draft?.id ?? null,
    },
  );
  const kind = isAccepted ? 'campaign.accepted' : 'campaign.declined';
  await appendEvents(manager, at, [{ kind, payload: { campaignId, merchantId } }]);
  return { kind: 'CampaignAnswered', campaignId, merchantId };
}

/** Drafted by who proposed it, so that the merchant's own people may review it. */
async function draftOf(
  work: Work,
  { terms, proposedBy }: CampaignRow,
  { merchantId, programmeId }: AnswerCampaignInput,
) {
  if (programmeId == null) return invalidInput('FIELD_NEEDED', 'programmeId');
  const programme = await lockProgramme(work, programmeId);
  if (programme?.merchantId !== merchantId) return notFound('PROGRAMME_NOT_FOUND');
  const id = work.newId();
  return { ...newRule(work, programme, { id, key: id, version: 1, terms }), draftedBy: proposedBy };
}
