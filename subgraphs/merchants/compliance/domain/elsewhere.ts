import type { Award, RuleTerms } from '../../rules/domain/terms.ts';
import { type Issuer, worthAtLeast } from './subject-of.ts';
import { type UnitWorth, worthOf } from './worth.ts';

/** What another programme of the same merchant gives for the same purchase: its rules, and what its points are worth. */
export type Elsewhere = Readonly<{
  rules: readonly RuleTerms[];
  worth: Readonly<{ minor: number; points: number; currency: string }>;
}>;

type Version = Readonly<{
  programmeId: string;
  ruleKey: string;
  terms: RuleTerms;
  endsAt: Date | null;
}>;

type Programmes = readonly Readonly<{ id: string; unit: string }>[];

/**
 * The other programmes of a merchant as the rebate counts them (L9), or a ceiling would be two ceilings.
 *
 * @param versions published ones of the merchant, over all its programmes; those that are over at `at` are left out
 */
export function elsewhereOf(
  {
    merchant,
    programmeId,
    programmes,
  }: Readonly<{ merchant: Issuer & { id: string }; programmeId: string; programmes: Programmes }>,
  versions: readonly Version[],
  { at, worths }: Readonly<{ at: Date; worths: readonly UnitWorth[] | null }>,
): Elsewhere[] {
  return programmes
    .filter(({ id }) => id !== programmeId)
    .map(({ id, unit }) => ({
      rules: versions
        .filter((row) => row.programmeId === id && (row.endsAt === null || row.endsAt > at))
        .map(alternative),
      worth: worthAtLeast(
        merchant,
        worthOf(worths, { unit, currency: merchant.currency, own: [merchant.id] }),
      ),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** Two versions of one rule are never in force together: they count as one group, of which the better pays. */
const alternative = ({ ruleKey, terms }: Version): RuleTerms => ({
  ...terms,
  award: grouped(terms.award, ruleKey),
});

const grouped = (award: Award, ruleKey: string): Award =>
  award.kind === 'RATE' || award.group !== null
    ? award
    : { ...award, group: `versions ${ruleKey}` };
