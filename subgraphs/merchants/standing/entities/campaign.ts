import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  json,
  key,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { RuleTerms } from '../../rules/domain/terms.ts';

/** A rule that the operator proposes to merchants. It is in force nowhere by itself. */
export type CampaignRow = Readonly<{
  id: string;
  titleZh: string;
  titleEn: string;
  terms: RuleTerms;
  proposedBy: string;
  proposedAt: Date;
  /** Until when a merchant may accept it. */
  answerBy: Date;
}>;

export const Campaign = new EntitySchema<CampaignRow>({
  name: 'Campaign',
  tableName: 'merchants_campaign',
  columns: {
    id,
    titleZh: { ...text, name: 'title_zh' },
    titleEn: { ...text, name: 'title_en' },
    terms: json,
    proposedBy: { ...reference, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    answerBy: { ...instant, name: 'answer_by_ms' },
  },
});

/** A campaign as one merchant was offered it. `ruleId`: the rule that it made of it. */
export type CampaignOfferRow = Readonly<{
  campaignId: string;
  merchantId: string;
  state: 'OFFERED' | 'ACCEPTED' | 'DECLINED';
  answeredBy: string | null;
  answeredAt: Date | null;
  ruleId: string | null;
}>;

export const CampaignOffer = new EntitySchema<CampaignOfferRow>({
  name: 'CampaignOffer',
  tableName: 'merchants_campaign_offer',
  columns: {
    campaignId: { ...key(reference), name: 'campaign_id' },
    merchantId: { ...key(reference), name: 'merchant_id' },
    state: code,
    answeredBy: { ...nullable(reference), name: 'answered_by' },
    answeredAt: { ...nullable(instant), name: 'answered_ms' },
    ruleId: { ...nullable(reference), name: 'rule_id' },
  },
});
