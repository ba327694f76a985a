import type { EarningRule } from './earning.ts';

/** When a version of a rule was published to be in force. */
export type Published = EarningRule & Readonly<{ effectiveAt: Date | null; endsAt: Date | null }>;

type Time = Pick<Published, 'effectiveAt' | 'endsAt'>;

/** From its first instant on, until the instant, not included, at which it ends. */
export const isInForce = ({ effectiveAt, endsAt }: Time, at: Date): boolean =>
  effectiveAt !== null && effectiveAt <= at && (endsAt === null || endsAt > at);

/**
 * The versions by which a purchase earns: those in force when it was made, of each rule at most one. What was
 * bought before the programme began, and is recorded after it, earns by the first version of its basic rule.
 * `published` are the versions in force from some instant not after the recording, in the order of versions.
 */
export function inForceAt<Rule extends Published>(
  published: readonly Rule[],
  purchasedAt: Date,
): Rule[] {
  const found = new Map<string, Rule>();
  const seen = new Set<string>();
  for (const rule of published) {
    const isFirst = !seen.has(rule.ruleKey);
    seen.add(rule.ruleKey);
    const isBefore = rule.effectiveAt !== null && rule.effectiveAt > purchasedAt;
    const isFounding = isFirst && isBefore && rule.ruleKey === rule.programmeId;
    if (isInForce(rule, purchasedAt) || isFounding) found.set(rule.ruleKey, rule);
  }
  return [...found.values()];
}
