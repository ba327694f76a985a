import type { RuleTerms, Trigger } from '../../rules/domain/terms.ts';

/** A thing that members of some industries are told in any case, as a path in the terms. */
export type MandatoryField =
  | 'notice.redemption'
  | 'notice.limits'
  | 'notice.complaints'
  | 'notice.terms';

/** What holds for an industry beside what holds for all (S72). */
export type IndustryPack = Readonly<{
  mandatory: readonly MandatoryField[];
  /** Triggers by which nothing may be granted: points of a bank come from what is bought (S66). */
  refusedTriggers: readonly Trigger[];
  /** Points for each card issued, for each registration: the cap of S66. */
  signUpPointsMax: number;
  /** In the smallest unit: an order from here on is marked `amlReview` in the report (R31); null: none is. */
  largeOrderMinor: number | null;
}>;

const PLAIN: IndustryPack = {
  mandatory: [],
  refusedTriggers: [],
  signUpPointsMax: 0,
  largeOrderMinor: null,
};

/**
 * The packs as data. The amount from which a jeweller's order is looked at is a setting of the alliance: the
 * law speaks of a threshold (反洗钱法 64 (3)), and the figure is set by others.
 */
const PACKS: Readonly<Record<string, IndustryPack>> = {
  BANK: { ...PLAIN, mandatory: ['notice.limits'], refusedTriggers: ['REGISTRATION'] },
  TELECOM: { ...PLAIN, mandatory: ['notice.limits'] },
  AIRLINE: { ...PLAIN, mandatory: ['notice.limits'] },
  SCENIC_SPOT: { ...PLAIN, mandatory: ['notice.limits'] },
  HOTEL: { ...PLAIN, mandatory: ['notice.limits'] },
  JEWELLERY: { ...PLAIN, largeOrderMinor: 10_000_000 },
};

export const packOf = (industry: string): IndustryPack => PACKS[industry] ?? PLAIN;

/** The industries that have duties of their own. */
export const INDUSTRIES_WITH_PACKS: readonly string[] = Object.keys(PACKS);

/** Whether a mandatory text is there in both languages. */
export function isStated({ notice }: RuleTerms, field: MandatoryField): boolean {
  const value = {
    'notice.redemption': notice.redemption,
    'notice.limits': notice.limits,
    'notice.complaints': notice.complaints,
    'notice.terms': notice.terms,
  }[field];
  if (value === null) return false;
  return typeof value === 'string'
    ? value.trim() !== ''
    : value.zh.trim() !== '' && value.en.trim() !== '';
}
