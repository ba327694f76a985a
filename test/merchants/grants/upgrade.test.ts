import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { Grant } from '../../../subgraphs/merchants/grants/entities/grant.ts';
import { merchants } from '../../../subgraphs/merchants/subgraph.ts';
import { engines } from '../../support/engines.ts';

const GRANT = ['id', 'cause_kind', 'cause_id', 'merchant_id', 'issuer_id', 'member_id', 'rule_id'];
const COLUMNS = [...GRANT, 'programme_id', 'points', 'reasons', 'granted_ms'];

describe.each(engines)('grants written before green acts earned on $name', (engine) => {
  test('stay what they were, and green acts and referrals may be the cause of others', async () => {
    const url = engine.freshUrl();
    const { name, entities, migrations } = merchants;
    const before = migrations.filter((Migration) => !/7000(60|61)$/.test(new Migration().name));
    const open = (some: typeof migrations) =>
      Database.open({ address: addressUnder(url, name), entities, migrations: some });
    const grant = (id: string, kind: string) => [
      ...[id, kind, `cause-${id}`, 'm', 'm', 'ann', 'r', 'p', 20, '[]', 7],
    ];
    try {
      const old = await open(before);
      await old.transaction(async (manager) => {
        await manager.query(
          `INSERT INTO merchants_merchant (id, name_zh, name_en, industry, status, status_reason, price_minor,
             price_points, currency, joined_ms) VALUES ('m', '店', 'Shop', 'RETAIL', 'ACTIVE', '', 80, 100, 'CNY', 1)`,
        );
        const rows = [grant('g1', 'ENGAGEMENT'), grant('g2', 'APPRECIATION')];
        await insertRows(manager, 'merchants_grant', COLUMNS, rows);
      });
      await old.close();

      const now = await open(migrations);
      const insert = (id: string, kind: string) =>
        now.transaction((manager) =>
          insertRows(manager, 'merchants_grant', COLUMNS, [grant(id, kind)]),
        );
      await insert('g3', 'GREEN_ACT');
      await insert('g4', 'REFERRAL');
      const rows = await now.reader.find(Grant, { order: { id: 'ASC' } });

      expect(rows.map(({ id, causeKind, points }) => [id, causeKind, points])).toEqual([
        ['g1', 'ENGAGEMENT', 20],
        ['g2', 'APPRECIATION', 20],
        ['g3', 'GREEN_ACT', 20],
        ['g4', 'REFERRAL', 20],
      ]);
      expect(rows[0]).toMatchObject({ causeId: 'cause-g1', memberId: 'ann', reasons: [] });
      await expect(insert('g5', 'DIVIDEND')).rejects.toThrow();
      await now.close();
    } finally {
      await engine.remove(url);
    }
  });
});
