import { IsNull } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { areBlocking, findingsOfTexts } from '../../compliance/domain/findings-of.ts';
import { type NotLawful, notLawful } from '../../compliance/domain/not-lawful.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Rule } from '../../rules/entities/rule.ts';
import type { PublishPromotionInput, WithdrawPromotionInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { promotionPublished, promotionWithdrawn } from '../domain/promotion-events.ts';
import { Promotion, Segment } from '../entities/segment.ts';

export type PromotionChanged = Readonly<{ kind: 'PromotionChanged'; promotionId: string }>;

const TITLE_MAX = 100;
const TEXT_MAX = 500;
const DAYS_MAX = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

type PublishOutcome =
  | PromotionChanged
  | Refused<'MerchantNotActive'>
  | NotLawful
  | NotFound
  | InvalidInput;

/**
 * Tells of something that a merchant offers to everybody: a rule in force, or something of its own. A segment says who
 * is told first, and never who may have it (S23, R19).
 */
export async function publishPromotion(
  work: Work,
  input: PublishPromotionInput,
): Promise<PublishOutcome> {
  const { manager, at, newId, caller } = work;
  const { merchantId, title, text, segmentId = null, ruleId = null, from, until } = input;
  await requireDeed(work, merchantId, 'CAMPAIGNS');
  const unusable = checkPromotion(input, at);
  if (unusable !== null) return unusable;
  const merchant = await manager.findOneBy(Merchant, { id: merchantId });
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
  if (merchant.status !== 'ACTIVE') return refused('MerchantNotActive', 'MERCHANT_NOT_ACTIVE');
  const missing =
    (await missingSegment(work, { merchantId, segmentId })) ??
    (await missingRule(work, { merchantId, ruleId, from, until }));
  if (missing !== null) return missing;
  const findings = findingsOfTexts(
    [
      { field: 'title.zh', text: title.zh },
      { field: 'title.en', text: title.en },
      { field: 'text.zh', text: text.zh },
      { field: 'text.en', text: text.en },
    ],
    { about: 'POINTS' },
  );
  if (areBlocking(findings)) return notLawful(findings);

  // From here on the command must succeed.
  const id = newId();
  await manager.insert(Promotion, {
    id,
    merchantId,
    segmentId,
    ruleId,
    titleZh: title.zh.trim(),
    titleEn: title.en.trim(),
    textZh: text.zh.trim(),
    textEn: text.en.trim(),
    from,
    until,
    publishedBy: caller.subject,
    publishedAt: at,
    withdrawnAt: null,
  });
  const told = { promotionId: id, merchantId, isForSegment: segmentId !== null };
  await appendEvents(manager, at, [promotionPublished(told)]);
  return { kind: 'PromotionChanged', promotionId: id };
}

/** Takes a promotion back: it is shown and told no longer. A second time changes nothing. */
export async function withdrawPromotion(
  work: Work,
  { promotionId }: WithdrawPromotionInput,
): Promise<PromotionChanged | NotFound> {
  const { manager, at, caller } = work;
  const promotion = await manager.findOneBy(Promotion, { id: promotionId });
  if (promotion?.id !== promotionId || !actsForMerchant(caller, promotion.merchantId)) {
    return notFound('PROMOTION_NOT_FOUND');
  }
  const { merchantId } = promotion;
  await requireDeed(work, merchantId, 'CAMPAIGNS');

  // From here on the command must succeed.
  const withdrawn = await execute(
    manager,
    'UPDATE merchants_promotion SET withdrawn_ms = ? WHERE id = ? AND withdrawn_ms IS NULL',
    [at.getTime(), promotionId],
  );
  if (withdrawn === 1) {
    await appendEvents(manager, at, [promotionWithdrawn({ promotionId, merchantId })]);
  }
  return { kind: 'PromotionChanged', promotionId };
}

function checkPromotion(
  { title, text, from, until }: PublishPromotionInput,
  at: Date,
): InvalidInput | null {
  const unusable =
    checkText('title.zh', title.zh, TITLE_MAX) ??
    checkText('title.en', title.en, TITLE_MAX) ??
    checkText('text.zh', text.zh, TEXT_MAX) ??
    checkText('text.en', text.en, TEXT_MAX);
  if (unusable !== null) return unusable;
  const isUsable =
    until > from && until > at && until.getTime() - from.getTime() <= DAYS_MAX * DAY_MS;
  return isUsable ? null : invalidInput('PROMOTION_PERIOD_NOT_USABLE', 'until', { max: DAYS_MAX });
}

type Named = Readonly<{ merchantId: string; segmentId: string | null }>;

async function missingSegment(
  { manager }: Work,
  { merchantId, segmentId }: Named,
): Promise<NotFound | null> {
  if (segmentId === null) return null;
  const found = await manager.findOneBy(Segment, { id: segmentId, merchantId, endedAt: IsNull() });
  return found?.id === segmentId ? null : notFound('SEGMENT_NOT_FOUND');
}

type Meant = Readonly<{ merchantId: string; ruleId: string | null; from: Date; until: Date }>;

/** A rule that is told of is the merchant's own, public, and in force at some time of the promotion. */
async function missingRule(
  { manager }: Work,
  { merchantId, ruleId, from, until }: Meant,
): Promise<NotFound | null> {
  if (ruleId === null) return null;
  const rule = await manager.findOneBy(Rule, { id: ruleId, merchantId, state: 'PUBLISHED' });
  const isThere =
    rule?.id === ruleId &&
    rule.effectiveAt !== null &&
    rule.effectiveAt < until &&
    (rule.endsAt === null || rule.endsAt > from);
  return isThere ? null : notFound('PROMOTED_RULE_NOT_FOUND');
}
