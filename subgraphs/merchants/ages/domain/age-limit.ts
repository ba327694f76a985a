import { type Reason, reason } from '../../rules/domain/earning.ts';
import type { RuleTerms } from '../../rules/domain/terms.ts';

type Rule = Readonly<{ programmeId: string; terms: RuleTerms }>;

/** The least age of members by programme, where it has one. Only the basic rule of a programme states it. */
export function ageLimitsOf(rules: readonly Rule[]): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const { programmeId, terms } of rules) {
    const age = terms.policy?.minimumAge ?? null;
    if (age !== null) limits.set(programmeId, Math.max(age, limits.get(programmeId) ?? 0));
  }
  return limits;
}

type Barred = Readonly<{ mayIssue?: boolean; whyNot?: readonly Reason[] }>;

/**
 * The rules for somebody who is at least so old; those of a programme that asks for more give her nothing. Null: the
 * merchant has seen no proof of her age, so it cannot be told, and she is not taken for old enough.
 */
export const withinAge = <Of extends Rule & Barred>(
  rules: readonly Of[],
  limits: ReadonlyMap<string, number>,
  age: number | null,
): readonly Of[] =>
  limits.size === 0
    ? rules
    : rules.map((rule) => {
        const limit = limits.get(rule.programmeId);
        if (limit === undefined || (age ?? 0) >= limit) return rule;
        const why = reason(age === null ? 'AGE_NOT_CONFIRMED' : 'AGE_BELOW_MINIMUM', {
          age: limit,
        });
        return { ...rule, mayIssue: false, whyNot: [...(rule.whyNot ?? []), why] };
      });
