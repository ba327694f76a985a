import { hasRole, seesAll, seesMerchant } from '../../../../shared/graphql/caller.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { Context } from '../../context.ts';
import type { RuleRow } from '../entities/rule.ts';

/** What was published once is public for good; a draft is its merchant's and its sponsor's own affair. */
export const isVisible = (caller: Context['caller'], rule: RuleRow): boolean =>
  rule.publishedAt !== null || seesInside(caller, rule);

/** Who sees the people behind a version, and what the guard says of it. */
export const seesInside = (caller: Context['caller'], { merchantId, terms }: RuleRow): boolean =>
  seesMerchant(caller, merchantId) ||
  (terms.sponsorId !== null && seesMerchant(caller, terms.sponsorId));

/** The versions that a caller may list. */
export function visibleRules(caller: Context['caller']): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { merchantId } = caller;
  return hasRole(caller, 'MERCHANT') && merchantId !== null
    ? {
        sql: '(row.publishedAt IS NOT NULL OR row.merchantId = :ownMerchant)',
        parameters: { ownMerchant: merchantId },
      }
    : { sql: 'row.publishedAt IS NOT NULL', parameters: {} };
}
