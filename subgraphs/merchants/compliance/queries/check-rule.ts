import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import type { Context } from '../../context.ts';
import { present } from '../../present.ts';
import { checkDraft } from '../../rules/commands/draft-rule.ts';
import { termsOf } from '../../rules/commands/terms-of.ts';
import { earliestEffect } from '../../rules/domain/notice.ts';
import { ownOf } from '../../rules/domain/rule-subject.ts';
import { inForce } from '../../rules/domain/versions.ts';
import { publishedElsewhere } from '../../rules/queries/findings.ts';
import type { CheckAccrualRuleInput } from '../../schema.generated.ts';
import { elsewhereOf } from '../domain/elsewhere.ts';
import type { Finding } from '../domain/finding.ts';
import { findingsOf } from '../domain/findings-of.ts';
import { subjectOf } from '../domain/subject-of.ts';
import { worthOf } from '../domain/worth.ts';
import { highestWorthsOf } from './worth.ts';

export type AccrualRuleChecked = Readonly<{
  kind: 'AccrualRuleChecked';
  findings: readonly Finding[];
}>;

/** What the guard would say of a rule that nobody has drafted. Another merchant's programme is not there. */
export async function checkRule(
  context: Context,
  { programmeId, key, terms: input, effectiveAt }: CheckAccrualRuleInput,
): Promise<AccrualRuleChecked | NotFound | InvalidInput> {
  const { loaders, caller, clock, services } = context;
  const programme = await loaders.programmeById.load(programmeId);
  if (programme === null || !actsForMerchant(caller, programme.merchantId)) {
    return notFound('PROGRAMME_NOT_FOUND');
  }
  const at = clock.now();
  const title = { zh: programme.nameZh, en: programme.nameEn };
  const isBasic = key === programmeId;
  const terms = termsOf(input, { field: 'terms', title, isBasic });
  if ('kind' in terms) return terms;
  const unusable = checkDraft(terms, { field: 'terms', isBasic, at });
  if (unusable !== null) return unusable;
  if (effectiveAt != null && effectiveAt < at)
    return invalidInput('EFFECTIVE_IN_PAST', 'effectiveAt');
  const own = ownOf({ merchantId: programme.merchantId, terms });
  const { merchantId } = programme;
  const programmes = await loaders.programmesByMerchant.load(merchantId);
  const units = programmes.map(({ unit }) => unit);
  const [merchant, versions, facts, worths, others] = await Promise.all([
    loaders.merchantById.load(programme.merchantId),
    loaders.versionsByProgramme.load(programmeId),
    loaders.factsByMerchant.load(programme.merchantId),
    highestWorthsOf(context, units, own),
    publishedElsewhere(context, { merchantId, programmeId }),
  ]);
  const seller = present(merchant);
  const valid = inForce(versions, at);
  const findings = findingsOf(
    subjectOf({
      terms,
      programme,
      merchant: seller,
      facts,
      worth: worthOf(worths, { unit: programme.unit, currency: seller.currency, own }),
      beside: valid.filter(({ ruleKey }) => ruleKey !== key).map((row) => row.terms),
      elsewhere: elsewhereOf(
        { merchant: seller, programmeId, programmes: others.programmes },
        others.versions,
        { at, worths },
      ),
      previous: valid.find(({ ruleKey }) => ruleKey === key)?.terms ?? null,
      publishedAt: at,
      effectiveAt: effectiveAt ?? earliestEffect(at, services.yardstick.notice.adverseDays),
    }),
  );
  return { kind: 'AccrualRuleChecked', findings };
}
