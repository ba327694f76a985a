import type { MerchantRow } from '../../entities/merchant.ts';
import type { ProgrammeRow } from '../../entities/programme.ts';
import { basicBeside, type Versions, worseningsOf } from '../../rules/domain/versions.ts';
import type { RuleRow } from '../../rules/entities/rule.ts';
import type { DisclosedRule } from './disclose.ts';
import type { Names } from './names.ts';

/** What a rule is disclosed with. */
export type DisclosureSources = Readonly<{
  merchant: MerchantRow;
  /** The merchant itself, or the sponsor. */
  issuer: MerchantRow;
  programme: ProgrammeRow;
  versions: Versions;
  names: Names;
  at: Date;
}>;

/** A version together with all that its disclosure names. */
export function disclosedRule(rule: RuleRow, sources: DisclosureSources): DisclosedRule {
  const { merchant, issuer, programme, versions, names, at } = sources;
  return {
    terms: rule.terms,
    facts: {
      merchant: nameOf(merchant),
      issuer: nameOf(issuer),
      programme: nameOf(programme),
      unit: programme.unit,
      names,
      name: `${rule.ruleKey}@v${rule.version}`,
      version: rule.version,
      basic: basicBeside(versions, rule, at)?.terms ?? null,
      publishedAt: rule.publishedAt,
      commentUntil: rule.commentUntil,
      effectiveAt: rule.effectiveAt,
      worsenings: worseningsOf(versions, rule, at),
      at,
    },
  };
}

const nameOf = ({ nameZh: zh, nameEn: en }: Readonly<{ nameZh: string; nameEn: string }>) => ({
  zh,
  en,
});
