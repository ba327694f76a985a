import type { RuleRow } from '../entities/rule.ts';
import { type Worsening, worsened } from './adverse.ts';
import { ruleState } from './rule-state.ts';

/** The versions of one programme that were published and not withdrawn, over all its rules. */
export type Versions = readonly RuleRow[];

/** Those in force at an instant, the basic rule first. */
export const inForce = (versions: Versions, at: Date): RuleRow[] =>
  versions
    .filter((row) => ruleState(row, at) === 'EFFECTIVE')
    .toSorted((a, b) => rank(a) - rank(b) || (a.ruleKey < b.ruleKey ? -1 : 1));

const rank = ({ ruleKey, programmeId }: RuleRow): number => (ruleKey === programmeId ? 0 : 1);

/** The published version that comes before another one of the same rule, or null. */
export function versionBefore(versions: Versions, { ruleKey, version }: RuleRow): RuleRow | null {
  const before = versions.filter((row) => row.ruleKey === ruleKey && row.version < version);
  return before.reduce<RuleRow | null>(
    (last, row) => (last === null || row.version > last.version ? row : last),
    null,
  );
}

/**
 * The version of the same rule that was in force as this one was published, or would be now: what it changes. One
 * that had ended before is followed, not changed.
 */
export const versionChanged = (
  versions: Versions,
  { ruleKey, version }: RuleRow,
  publishedAt: Date,
): RuleRow | null =>
  versions.find(
    (row) =>
      row.ruleKey === ruleKey &&
      row.version < version &&
      ruleState(row, publishedAt) === 'EFFECTIVE',
  ) ?? null;

/**
 * The basic rule beside which a version holds: that in force when it takes effect, or the last one that was; null
 * for the basic rule itself, which says everything by itself.
 */
export function basicBeside(versions: Versions, rule: RuleRow, at: Date): RuleRow | null {
  if (rule.ruleKey === rule.programmeId) return null;
  const basic = versions.filter(({ ruleKey, programmeId }) => ruleKey === programmeId);
  const then = rule.effectiveAt ?? at;
  return (
    basic.find((row) => ruleState(row, then) === 'EFFECTIVE') ??
    basic.toSorted((a, b) => b.version - a.version)[0] ??
    null
  );
}

/** What a version makes worse than the one before. One that had ended before is not followed: it took nothing. */
export function worseningsOf(versions: Versions, rule: RuleRow, at: Date): Worsening[] {
  const before = versionBefore(versions, rule);
  const effectiveAt = rule.effectiveAt ?? at;
  if (before === null || (before.endsAt !== null && before.endsAt < effectiveAt)) return [];
  return worsened(before.terms, rule.terms, effectiveAt);
}
