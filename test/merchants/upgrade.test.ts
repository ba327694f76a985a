import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { insertRows } from '../../shared/database/rows.ts';
import { merchants } from '../../subgraphs/merchants/subgraph.ts';
import { TierPriceProposal } from '../../subgraphs/merchants/till/entities/tier-price-proposal.ts';
import { engines } from '../support/engines.ts';

const PROPOSAL = ['id', 'programme_id', 'prices', 'proposed_by', 'proposed_ms', 'state'];

describe.each(engines)('what was written before on $name', (engine) => {
  test('proposed prices by tier are what they were when proposals can be withdrawn', async () => {
    const url = engine.freshUrl();
    const { name, entities, migrations } = merchants;
    const before = migrations.filter((Migration) => !new Migration().name.endsWith('034'));
    const open = (some: typeof migrations) =>
      Database.open({ address: addressUnder(url, name), entities, migrations: some });
    try {
      const old = await open(before);
      await old.transaction(async (manager) => {
        await manager.query(
          `INSERT INTO merchants_merchant (id, name_zh, name_en, industry, status, status_reason, price_minor,
             price_points, currency, joined_ms) VALUES ('m', '店', 'Shop', 'RETAIL', 'ACTIVE', '', 80, 100, 'CNY', 1)`,
        );
        await manager.query(
          `INSERT INTO merchants_programme (id, merchant_id, name_zh, name_en, unit)
           VALUES ('p', 'm', '积分', 'Points', 'ALLIANCE')`,
        );
        const prices = JSON.stringify([{ tier: 'GOLD', part: 9, of: 10 }]);
        const states = ['REPLACED', 'PUBLISHED', 'OPEN'];
        await insertRows(
          manager,
          'merchants_tier_price_proposal',
          PROPOSAL,
          states.map((state, index) => [`t${index}`, 'p', prices, 'ann', index + 1, state]),
        );
      });
      await old.close();

      const now = await open(migrations);
      const rows = await now.reader.find(TierPriceProposal, { order: { id: 'ASC' } });
      const refused = now.transaction((manager) =>
        manager.update(TierPriceProposal, 't2', { state: 'WITHDRAWN' }),
      );

      expect(rows.map(({ id, state, withdrawnBy }) => [id, state, withdrawnBy])).toEqual([
        ['t0', 'REPLACED', null],
        ['t1', 'PUBLISHED', null],
        ['t2', 'OPEN', null],
      ]);
      expect(rows[2]).toMatchObject({
        programmeId: 'p',
        prices: [{ tier: 'GOLD', part: 9, of: 10 }],
        askedAt: null,
        proposedBy: 'ann',
        proposedAt: new Date(3),
      });
      // Nobody is known to have withdrawn it.
      await expect(refused).rejects.toThrow();
      await now.close();
    } finally {
      await engine.remove(url);
    }
  });
});
