import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import type { EarningRule } from '../../../subgraphs/merchants/rules/domain/earning.ts';
import {
  ANYTHING,
  type Award,
  basicTerms,
  type Condition,
  type RuleTerms,
} from '../../../subgraphs/merchants/rules/domain/terms.ts';
import { Rule, type RuleRow } from '../../../subgraphs/merchants/rules/entities/rule.ts';
import { merchants } from '../../../subgraphs/merchants/subgraph.ts';
import { nextNumber, type World } from '../../support/world.ts';
import { PLAIN, published } from './life-cycle.ts';

type Given = Partial<Omit<RuleTerms, 'condition' | 'caps'>> &
  Readonly<{ condition?: Partial<Condition>; caps?: Partial<RuleTerms['caps']> }>;

/** Something that is done to the tables of merchants, where the graph has no way to it. */
export async function inMerchantsDatabase<T>(
  world: World,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const { entities, migrations } = merchants;
  const address = addressUnder(world.databaseUrl, 'merchants');
  const database = await Database.open({ address, entities, migrations });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** The id of the merchant's programme of a unit. */
export async function programmeOf(
  world: World,
  merchantId: string,
  unit = 'ALLIANCE',
): Promise<string> {
  const { merchant } = await world.data(
    'query ($id: ID!) { merchant(id: $id) { programmes { id unit } } }',
    { id: merchantId },
  );
  return merchant.programmes.find((one: { unit: string }) => one.unit === unit).id;
}

/** The id of a version that was drafted, reviewed and published as the law wants it, in force at once. */
export async function lawfulRule(
  world: World,
  merchantId: string,
  terms: Readonly<Record<string, unknown>>,
): Promise<string> {
  const programmeId = await programmeOf(world, merchantId);
  const { id, state } = await published(world, { programmeId, terms: { ...PLAIN, ...terms } });
  if (state !== 'EFFECTIVE') throw new Error(`the rule is in the state ${state}`);
  return id;
}

/**
 * A rule in force since before any purchase of a test, as the id of its version. How it gets there lawfully is
 * tested elsewhere; here it is about what it earns.
 */
export async function rule(
  world: World,
  merchantId: string,
  { condition, caps, ...given }: Given,
  { unit, ruleKey }: { unit?: string; ruleKey?: string } = {},
): Promise<string> {
  const programmeId = await programmeOf(world, merchantId, unit);
  const id = `rule-${nextNumber()}`;
  const basic = basicTerms({
    title: { zh: '加倍', en: 'Extra' },
    rate: { points: 1, minor: 100, currency: 'CNY' },
    expiryMonths: 12,
  });
  const terms: RuleTerms = {
    ...basic,
    ...given,
    condition: { ...ANYTHING, ...condition },
    caps: { ...basic.caps, ...caps },
  };
  await publish(world, merchantId, [
    { id, ruleKey: ruleKey ?? id, version: 1, programmeId, terms },
  ]);
  return id;
}

/** Puts versions of rules in force at a merchant. */
export async function publish(
  world: World,
  merchantId: string,
  rules: readonly EarningRule[],
): Promise<void> {
  const since = new Date('2020-01-01T00:00:00Z');
  const rows = rules.map(
    (one): RuleRow => ({
      id: one.id,
      ruleKey: one.ruleKey,
      version: one.version,
      programmeId: one.programmeId,
      merchantId,
      state: 'PUBLISHED',
      terms: one.terms,
      draftedBy: 'ann',
      draftedAt: since,
      reviewedBy: 'ben',
      reviewedAt: since,
      publishedBy: 'ben',
      publishedAt: since,
      commentUntil: null,
      effectiveAt: since,
      endsAt: null,
      endedBy: null,
      withdrawnBy: null,
      withdrawnAt: null,
      withdrawReason: null,
    }),
  );
  await inMerchantsDatabase(world, (database) =>
    database.transaction((manager) => manager.insert(Rule, rows)),
  );
}

/** `numerator` / `denominator` times the points. */
export const times = (numerator: number, denominator = 1, group: string | null = null): Award => ({
  kind: 'MULTIPLIER',
  factor: { numerator, denominator },
  group,
});

/** So many points for 1.00 yuan. */
export const perYuan = (points: number, priority = 0): Award => ({
  kind: 'RATE',
  rate: { points, minor: 100, currency: 'CNY' },
  priority,
});
