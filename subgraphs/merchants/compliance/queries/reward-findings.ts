import type { WordedFinding } from '../../../../shared/graphql/law.ts';
import type { Context } from '../../context.ts';
import type { ComplianceRewardInput, RestrictionsInput } from '../../schema.generated.ts';
import type { Restrictions, RewardSubject } from '../domain/finding.ts';
import { findingsOfReward } from '../domain/findings-of.ts';
import { worded } from '../worded.ts';

/** What the guard says of a reward that another subgraph is about to publish. */
export async function rewardFindings(
  context: Context,
  input: ComplianceRewardInput,
): Promise<WordedFinding[]> {
  const { title, terms, kind, category, seller, points, moneyMinor, value, cashMinor } = input;
  const found = findingsOfReward({
    title,
    terms: terms ?? null,
    kind,
    category: category ?? null,
    seller: seller ?? null,
    points,
    moneyMinor,
    value: value ?? null,
    cash: { priceMinor: cashMinor, restrictions: restrictionsOf(input.cashRestrictions) },
    restrictions: restrictionsOf(input.restrictions),
    currency: input.currency,
    rules: await rulesOf(context, input),
  });
  return found.map(worded);
}

/** The rules in force, or to come, by which a merchant grants points of a unit. */
async function rulesOf(
  { loaders, clock }: Pick<Context, 'loaders' | 'clock'>,
  { merchantId, unit }: ComplianceRewardInput,
): Promise<RewardSubject['rules']> {
  if (merchantId == null) return [];
  const programmes = await loaders.programmesByMerchant.load(merchantId);
  const ofUnit = programmes.filter((programme) => programme.unit === unit);
  const versions = await Promise.all(ofUnit.map(({ id }) => loaders.versionsByProgramme.load(id)));
  const at = clock.now();
  return versions.flatMap((all) => {
    const living = all.filter(({ endsAt }) => endsAt === null || endsAt > at);
    return living.map(({ ruleKey, terms }) => ({
      terms,
      beside: living.filter((row) => row.ruleKey !== ruleKey).map((row) => row.terms),
    }));
  });
}

const restrictionsOf = (input: RestrictionsInput): Restrictions => ({
  slots: input.slots ?? null,
  weekdays: input.weekdays ?? null,
  regions: input.regions ?? null,
  stores: input.stores ?? null,
  returnDays: input.returnDays,
  validDays: input.validDays ?? null,
  hasAfterSales: input.hasAfterSales,
});
