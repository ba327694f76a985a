import type { RuleSubject } from './finding.ts';
import { packOf } from './packs.ts';

/**
 * What somebody else has to look at, and no check decides. TAX_REVIEW: prizes and gifts that no purchase pays
 * for may be income of who gets them (R34). AML_REVIEW: a trade that keeps an eye on large orders (R31).
 */
export type RuleFlag = 'TAX_REVIEW' | 'AML_REVIEW';

const GIFTS: ReadonlySet<string> = new Set(['REGISTRATION', 'CARD_ISSUED']);

export function flagsOf({ terms, merchant }: RuleSubject): RuleFlag[] {
  const isTaxed = terms.lottery !== null || GIFTS.has(terms.trigger);
  return [
    ...(isTaxed ? (['TAX_REVIEW'] as const) : []),
    ...(packOf(merchant.industry).largeOrderMinor === null ? [] : (['AML_REVIEW'] as const)),
  ];
}
