import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import type { Context } from '../../context.ts';
import { Merchant, type MerchantRow } from '../../entities/merchant.ts';
import { Programme } from '../../entities/programme.ts';
import { present } from '../../present.ts';
import type { Trigger } from '../../rules/domain/terms.ts';
import { Rule, type RuleRow, ruleVersionOf } from '../../rules/entities/rule.ts';
import { pricedIssuer } from '../../standing/domain/settle-rule.ts';
import type { GrantingRule } from '../domain/grant-posting.ts';

/** All versions of a merchant's rules with one trigger that were or are in force, in the order of versions. */
export async function grantingRules(
  reader: EntityManager,
  merchantId: string,
  trigger: Trigger,
  at: Date,
): Promise<GrantingRule[]> {
  const rules = await reader.find(Rule, {
    where: { merchantId, state: 'PUBLISHED', effectiveAt: LessThanOrEqual(at) },
    order: { ruleKey: 'ASC', version: 'ASC' },
  });
  return withIssuers(
    reader,
    rules.filter(({ terms }) => terms.trigger === trigger),
  );
}

/** Versions of rules with whose points they give. */
export async function withIssuers(
  reader: EntityManager,
  rules: readonly RuleRow[],
): Promise<(GrantingRule & Readonly<{ issuer: MerchantRow }>)[]> {
  if (rules.length === 0) return [];
  const programmes = await reader.findBy(Programme, {
    id: In([...new Set(rules.map(({ programmeId }) => programmeId))]),
  });
  const issuers = await reader.findBy(Merchant, {
    id: In([...new Set(rules.map(issuerIdOf))]),
  });
  return rules.flatMap((rule) => {
    const programme = programmes.find(({ id }) => id === rule.programmeId);
    const issuer = issuers.find(({ id }) => id === issuerIdOf(rule));
    return programme && issuer
      ? [{ ...rule, ruleVersion: ruleVersionOf(rule), programme, issuer }]
      : [];
  });
}

/** Who issues by a rule, at the price of the contract that is in force now. */
export async function pricedIssuerOf(
  { loaders, clock }: Pick<Context, 'loaders' | 'clock'>,
  rule: RuleRow,
): Promise<MerchantRow> {
  const id = issuerIdOf(rule);
  const [issuer, standing] = await Promise.all([
    loaders.merchantById.load(id),
    loaders.standingByMerchant.load(id),
  ]);
  return pricedIssuer(present(issuer), new Map([[id, present(standing)]]), clock.now());
}

const issuerIdOf = ({ merchantId, terms }: RuleRow): string => terms.sponsorId ?? merchantId;
