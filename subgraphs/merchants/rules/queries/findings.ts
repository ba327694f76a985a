import type { Finding } from '../../compliance/domain/finding.ts';
import type { Context } from '../../context.ts';
import { present } from '../../present.ts';
import { earliestEffect } from '../domain/notice.ts';
import { ruleSubject } from '../domain/rule-subject.ts';
import { versionBefore } from '../domain/versions.ts';
import type { RuleRow } from '../entities/rule.ts';

/** What the guard says of a version: of a draft, as if it were published now with the longest notice. */
export async function findingsOfRule(
  { loaders, clock, services }: Context,
  rule: RuleRow,
): Promise<readonly Finding[]> {
  const [merchant, programme, versions] = await Promise.all([
    loaders.merchantById.load(rule.merchantId),
    loaders.programmeById.load(rule.programmeId),
    loaders.versionsByProgramme.load(rule.programmeId),
  ]);
  const { findingsOf, notice } = services.yardstick;
  const publishedAt = rule.publishedAt ?? clock.now();
  const beside = versions.filter(
    ({ ruleKey, endsAt }) => ruleKey !== rule.ruleKey && (endsAt === null || endsAt > publishedAt),
  );
  return findingsOf(
    ruleSubject({
      rule,
      merchant: present(merchant),
      programme: present(programme),
      previous: versionBefore(versions, rule)?.terms ?? null,
      beside: beside.map(({ terms }) => terms),
      publishedAt,
      effectiveAt: rule.effectiveAt ?? earliestEffect(publishedAt, notice.adverseDays),
    }),
  );
}
