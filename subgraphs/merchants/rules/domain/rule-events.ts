import type { NewEvent } from '../../../../shared/feeds/event.ts';
import type { RuleRow } from '../entities/rule.ts';

/**
 * Events of `merchantsFeed`. That a version takes effect is none: it follows from `effectiveAt`, and nothing runs
 * at that instant. Who follows the feed asks for the terms by `ruleId`; they never change.
 */
export const rulePublished = (rule: RuleRow): NewEvent => ({
  kind: 'rule.published',
  payload: {
    ...named(rule),
    trigger: rule.terms.trigger,
    commentUntil: rule.commentUntil?.toISOString() ?? null,
    effectiveAt: rule.effectiveAt?.toISOString() ?? null,
  },
});

/** `endsAt` is null when it was taken back before it was in force. Drafts that are dropped are no event. */
export const ruleWithdrawn = (rule: RuleRow, endsAt: Date | null): NewEvent => ({
  kind: 'rule.withdrawn',
  payload: { ...named(rule), endsAt: endsAt?.toISOString() ?? null },
});

const named = ({ id, ruleKey, version, programmeId, merchantId }: RuleRow) => ({
  ruleId: id,
  ruleKey,
  version,
  programmeId,
  merchantId,
});
