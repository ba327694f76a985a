import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { basicTerms } from '../../../subgraphs/merchants/rules/domain/terms.ts';
import { Rule, type RuleRow } from '../../../subgraphs/merchants/rules/entities/rule.ts';
import { rulesInForce } from '../../../subgraphs/merchants/rules/queries/rules-in-force.ts';
import { merchants } from '../../../subgraphs/merchants/subgraph.ts';
import { engines } from '../../support/engines.ts';
import { openAlliance } from '../../support/world.ts';

const FROM = new Date('2026-11-01T00:00:00Z');
const UNTIL = new Date('2026-12-01T00:00:00Z');

const terms = basicTerms({
  title: { zh: '积分', en: 'Points' },
  rate: { points: 1, minor: 100, currency: 'CNY' },
  expiryMonths: 12,
});

const version = (merchantId: string, id: string, more: Partial<RuleRow>): RuleRow => ({
  id,
  ruleKey: id,
  version: 1,
  programmeId: 'programme',
  merchantId,
  state: 'PUBLISHED',
  terms,
  draftedBy: 'ann',
  draftedAt: FROM,
  reviewedBy: 'ben',
  reviewedAt: FROM,
  publishedBy: 'ben',
  publishedAt: FROM,
  commentUntil: null,
  effectiveAt: FROM,
  endsAt: null,
  endedBy: null,
  withdrawnBy: null,
  withdrawnAt: null,
  withdrawReason: null,
  ...more,
});

describe.each(engines)('rules in force on $name', (engine) => {
  test('a version is in force from its first instant on and until the instant at which it ends', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const { entities, migrations } = merchants;
    const address = addressUnder(world.databaseUrl, 'merchants');
    const database = await Database.open({ address, entities, migrations });
    const rows = [
      version(merchantId, 'ends', { endsAt: UNTIL }),
      version(merchantId, 'follows', { effectiveAt: UNTIL }),
      version(merchantId, 'drafted', { state: 'REVIEWED' }),
      version(merchantId, 'withdrawn', { state: 'WITHDRAWN' }),
      version(other, 'of-another', {}),
    ];
    await database.transaction((manager) => manager.insert(Rule, rows));

    const inForce = async (at: Date, ids = [merchantId]) =>
      (await rulesInForce(database.reader, ids, at))
        .map(({ id }) => id)
        .filter((id) => rows.some((row) => row.id === id));

    expect(await inForce(new Date(FROM.getTime() - 1))).toEqual([]);
    expect(await inForce(FROM)).toEqual(['ends']);
    expect(await inForce(new Date(UNTIL.getTime() - 1))).toEqual(['ends']);
    expect(await inForce(UNTIL)).toEqual(['follows']);
    expect(new Set(await inForce(UNTIL, [merchantId, other]))).toEqual(
      new Set(['follows', 'of-another']),
    );
    expect(await inForce(UNTIL, [])).toEqual([]);
    await database.close();
  });
});
