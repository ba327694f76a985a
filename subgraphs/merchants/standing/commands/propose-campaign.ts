import { In } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import { checkDraft, isSponsorThere } from '../../rules/commands/draft-rule.ts';
import { termsOf } from '../../rules/commands/terms-of.ts';
import type { ProposeCampaignInput } from '../../schema.generated.ts';
import { Campaign } from '../entities/campaign.ts';

export type CampaignProposed = Readonly<{ kind: 'CampaignProposed'; campaignId: string }>;

const TITLE_MAX = 100;
const MERCHANTS_MAX = 500;

/** Proposes a rule to merchants. Nothing happens at any of them before it has accepted (S71). */
export async function proposeCampaign(
  work: Work,
  input: ProposeCampaignInput,
): Promise<CampaignProposed | NotFound | InvalidInput> {
  const { manager, at, newId, caller } = work;
  const unusable = checkCampaign(input, at);
  if (unusable !== null) return unusable;
  const terms = termsOf(input.terms, { field: 'terms', title: input.title, isBasic: false });
  if ('kind' in terms) return terms;
  const defect = checkDraft(terms, { field: 'terms', isBasic: false, at });
  if (defect !== null) return defect;
  if (!(await isSponsorThere(manager, terms))) return notFound('SPONSOR_NOT_FOUND');
  const merchantIds = [...new Set(input.merchantIds)];
  const there = await manager.findBy(Merchant, { id: In(merchantIds) });
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  const known = new Set(there.map(({ id }) => id));
  if (!merchantIds.every((id) => known.has(id))) return notFound('MERCHANT_NOT_FOUND');

  // From here on the command must succeed.
  const id = newId();
  await manager.insert(Campaign, {
    id,
    titleZh: input.title.zh.trim(),
    titleEn: input.title.en.trim(),
    terms,
    proposedBy: caller.subject,
    proposedAt: at,
    answerBy: input.answerBy,
  });
  await insertRows(
    manager,
    'merchants_campaign_offer',
    ['campaign_id', 'merchant_id', 'state'],
    merchantIds.map((merchantId) => [id, merchantId, 'OFFERED']),
  );
  await appendEvents(manager, at, [
    { kind: 'campaign.proposed', payload: { campaignId: id, merchantIds } },
  ]);
  return { kind: 'CampaignProposed', campaignId: id };
}

function checkCampaign(
  { title, merchantIds, answerBy }: ProposeCampaignInput,
  at: Date,
): InvalidInput | null {
  const unusable =
    checkText('title.zh', title.zh, TITLE_MAX) ?? checkText('title.en', title.en, TITLE_MAX);
  if (unusable !== null) return unusable;
  if (merchantIds.length === 0 || merchantIds.length > MERCHANTS_MAX) {
    return invalidInput('MERCHANTS_NOT_USABLE', 'merchantIds', { max: MERCHANTS_MAX });
  }
  return answerBy > at ? null : invalidInput('ANSWER_BY_PAST', 'answerBy');
}
