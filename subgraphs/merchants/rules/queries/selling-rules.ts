import { type EntityManager, In } from 'typeorm';
import { acrossRequests } from '../../../../shared/graphql/batch.ts';
import { Merchant, type MerchantRow } from '../../entities/merchant.ts';
import { Programme, type ProgrammeRow } from '../../entities/programme.ts';
import type { Settled } from '../../standing/domain/settle-rule.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';

/** A version of a rule with the points that it gives. */
export type KnownRule = RuleRow & Readonly<{ programme: ProgrammeRow }>;

/** A version of a rule by which an order may earn, and who owes the points. */
export type SellingRule = KnownRule & Readonly<{ issuer: MerchantRow }> & Partial<Settled>;

/**
 * All versions that were or are in force at a merchant for what is bought there, in the order of versions. Two
 * statements, and one more when others than the merchant bear the cost.
 */
export async function sellingRules(
  reader: EntityManager,
  merchant: MerchantRow,
  at: Date,
): Promise<SellingRule[]> {
  // Many tills of one merchant ask at the same time.
  const ruleRows = acrossRequests(reader, 'publishedRules', (ids) =>
    reader.find(Rule, {
      where: { merchantId: In(ids), state: 'PUBLISHED' },
      order: { ruleKey: 'ASC', version: 'ASC' },
    }),
  );
  const programmeRows = acrossRequests(reader, 'programmesOfMerchants', (ids) =>
    reader.findBy(Programme, { merchantId: In(ids) }),
  );
  const isTheirs = ({ merchantId }: { merchantId: string }) => merchantId === merchant.id;
  const published = (await ruleRows([merchant.id])).filter(isTheirs);
  const forOrders = published.filter(
    ({ effectiveAt, terms }) =>
      effectiveAt !== null && effectiveAt <= at && terms.trigger === 'PURCHASE',
  );
  const programmes = (await programmeRows([merchant.id])).filter(isTheirs);
  const sponsorIds = [...new Set(forOrders.flatMap(({ terms }) => terms.sponsorId ?? []))];
  const sponsors =
    sponsorIds.length === 0 ? [] : await reader.findBy(Merchant, { id: In(sponsorIds) });
  const issuers = new Map([merchant, ...sponsors].map((one) => [one.id, one]));
  return withProgrammes(forOrders, programmes).flatMap((rule) => {
    const issuer = issuers.get(rule.terms.sponsorId ?? merchant.id);
    return issuer === undefined ? [] : [{ ...rule, issuer }];
  });
}

/** Versions of rules by id, whatever became of them since. */
export async function rulesById(
  reader: EntityManager,
  ids: readonly string[],
): Promise<Map<string, KnownRule>> {
  if (ids.length === 0) return new Map();
  const rules = await reader.findBy(Rule, { id: In([...new Set(ids)]) });
  const programmeIds = [...new Set(rules.map(({ programmeId }) => programmeId))];
  const programmes = await reader.findBy(Programme, { id: In(programmeIds) });
  return new Map(withProgrammes(rules, programmes).map((rule) => [rule.id, rule]));
}

function withProgrammes(
  rules: readonly RuleRow[],
  programmes: readonly ProgrammeRow[],
): KnownRule[] {
  const byId = new Map(programmes.map((row) => [row.id, row]));
  return rules.flatMap((rule) => {
    const programme = byId.get(rule.programmeId);
    return programme === undefined ? [] : [{ ...rule, programme }];
  });
}
