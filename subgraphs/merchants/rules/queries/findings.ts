import { elsewhereOf } from '../../compliance/domain/elsewhere.ts';
import type { Finding } from '../../compliance/domain/finding.ts';
import { settled } from '../../compliance/domain/settled.ts';
import { type UnitWorth, worthOf } from '../../compliance/domain/worth.ts';
import { highestWorthsOf } from '../../compliance/queries/worth.ts';
import type { Context } from '../../context.ts';
import type { ProgrammeRow } from '../../entities/programme.ts';
import { present } from '../../present.ts';
import { earliestEffect } from '../domain/notice.ts';
import { ownOf, ruleSubject } from '../domain/rule-subject.ts';
import { versionChanged } from '../domain/versions.ts';
import type { RuleRow } from '../entities/rule.ts';

/** What the guard says of a version: of a draft, as if it were published now with the longest notice. */
export async function findingsOfRule(context: Context, rule: RuleRow): Promise<readonly Finding[]> {
  const { loaders, clock, services } = context;
  const [merchant, programme, versions, overrides, facts, worths, others] = await Promise.all([
    loaders.merchantById.load(rule.merchantId),
    loaders.programmeById.load(rule.programmeId),
    loaders.versionsByProgramme.load(rule.programmeId),
    loaders.overridesByRule.load(rule.id),
    loaders.factsByMerchant.load(rule.merchantId),
    worthsForRule(context, rule.id),
    publishedElsewhere(context, rule),
  ]);
  const { unit } = present(programme);
  const { currency } = present(merchant);
  const worth = worthOf(worths, { unit, currency, own: ownOf(rule) });
  const { findingsOf, notice } = services.yardstick;
  const publishedAt = rule.publishedAt ?? clock.now();
  const beside = versions.filter(
    ({ ruleKey, endsAt }) => ruleKey !== rule.ruleKey && (endsAt === null || endsAt > publishedAt),
  );
  const found = findingsOf(
    ruleSubject({
      rule,
      merchant: present(merchant),
      programme: present(programme),
      facts,
      worth,
      previous: versionChanged(versions, rule, publishedAt)?.terms ?? null,
      beside: beside.map(({ terms }) => terms),
      elsewhere: elsewhereOf(
        {
          merchant: present(merchant),
          programmeId: rule.programmeId,
          programmes: others.programmes,
        },
        others.versions,
        { at: publishedAt, worths },
      ),
      publishedAt,
      effectiveAt: rule.effectiveAt ?? earliestEffect(publishedAt, notice.adverseDays),
    }),
  );
  const confirmed = overrides.filter(({ confirmedBy }) => confirmedBy !== null);
  return settled(found, new Set(confirmed.map(({ checkId }) => checkId)));
}

/** The most that rewards give for points that a rule grants; none for a rule that is not there. */
export async function worthsForRule(
  context: Context,
  ruleId: string,
): Promise<readonly UnitWorth[] | null> {
  const rule = await context.loaders.ruleById.load(ruleId);
  if (rule === null) return [];
  const programmes = await context.loaders.programmesByMerchant.load(rule.merchantId);
  return highestWorthsOf(
    context,
    programmes.map(({ unit }) => unit),
    ownOf(rule),
  );
}

/** The merchant's programmes beside one, and what is published there. */
export async function publishedElsewhere(
  { loaders }: Pick<Context, 'loaders'>,
  { merchantId, programmeId }: Pick<RuleRow, 'merchantId' | 'programmeId'>,
): Promise<Readonly<{ programmes: readonly ProgrammeRow[]; versions: readonly RuleRow[] }>> {
  const all = await loaders.programmesByMerchant.load(merchantId);
  const programmes = all.filter(({ id }) => id !== programmeId);
  const versions = await Promise.all(
    programmes.map(({ id }) => loaders.versionsByProgramme.load(id)),
  );
  return { programmes, versions: versions.flat() };
}
