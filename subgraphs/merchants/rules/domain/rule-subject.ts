import type { RuleSubject } from '../../compliance/domain/finding.ts';
import { type SubjectFacts, subjectOf } from '../../compliance/domain/subject-of.ts';
import type { RuleRow } from '../entities/rule.ts';

/** What the guard has to know of a version beside its terms. */
type VersionFacts = Omit<SubjectFacts, 'terms'> & Readonly<{ rule: Pick<RuleRow, 'terms'> }>;

/** A version as the guard looks at it. */
export const ruleSubject = ({ rule, ...facts }: VersionFacts): RuleSubject =>
  subjectOf({ ...facts, terms: rule.terms });

/** Whoever grants points by a rule: the merchant, and who pays in its place. */
export const ownOf = ({
  merchantId,
  terms: { sponsorId },
}: Pick<RuleRow, 'merchantId' | 'terms'>): string[] =>
  sponsorId === null ? [merchantId] : [merchantId, sponsorId];
