import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { Rule, type RuleRow } from '../../subgraphs/merchants/rules/entities/rule.ts';
import { merchants } from '../../subgraphs/merchants/subgraph.ts';
import type { World } from '../support/world.ts';
import { lawfulTerms } from './compliance-subjects.ts';

/** The books of merchants of a world, to put in what no command lets through. */
export const booksOf = (world: World): Promise<Database> => {
  const { entities, migrations } = merchants;
  return Database.open({
    address: addressUnder(world.databaseUrl, 'merchants'),
    entities,
    migrations,
  });
};

/** A programme of a merchant. */
export async function programmeOf(world: World, merchantId: string): Promise<string> {
  const { merchant } = await world.data(
    'query ($id: ID!) { merchant(id: $id) { programmes { id } } }',
    { id: merchantId },
  );
  return merchant.programmes[0].id;
}

const AT = new Date('2026-11-01T00:00:00Z');

/** A published version of a rule, as it may have come to be before a check was added. */
export const publishedRule = (
  given: Partial<RuleRow> & Pick<RuleRow, 'id' | 'merchantId' | 'programmeId'>,
) => ({
  ruleKey: given.id,
  version: 1,
  state: 'PUBLISHED' as const,
  terms: lawfulTerms,
  draftedBy: 'staff:ann',
  draftedAt: AT,
  reviewedBy: 'operator:ben',
  reviewedAt: AT,
  publishedBy: 'operator:ben',
  publishedAt: AT,
  commentUntil: null,
  effectiveAt: AT,
  endsAt: null,
  ...given,
});

/** Puts versions of rules into the books. */
export async function putRules(world: World, rules: readonly ReturnType<typeof publishedRule>[]) {
  const books = await booksOf(world);
  await books.transaction((manager) => manager.insert(Rule, [...rules]));
  await books.close();
}
