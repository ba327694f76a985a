import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../shared/database/database.ts';
import { members } from '../../../subgraphs/members/subgraph.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { engines } from '../../support/engines.ts';
import { asMember, asMerchant, openAlliance, regulator, type World } from '../../support/world.ts';
import { bringBack } from '../purchasing.ts';
import { deed } from '../standing.ts';
import * as profiles from './consenting.ts';
import { agree, buyGoods, preferencesOf, profilesOf, withdraw } from './consenting.ts';
import { openTables } from './random-profiles.ts';

describe.each(engines)('profiles on $name', (engine) => {
  const outage = interruption(members, 'Member', 'consents');
  let world: World;
  let database: Database;
  let merchantId: string;

  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(outage.definition) });
    database = await openTables(world.databaseUrl);
    merchantId = await world.merchant({ name: 'Clothes', industry: 'CLOTHING' });
    await profiles.describe(world, merchantId, [
      { sku: 'D-M', size: 'M', colour: 'red' },
      { sku: 'D-L', size: 'L', colour: 'red' },
    ]);
  });
  afterAll(async () => {
    await database.close();
    await world[Symbol.asyncDispose]();
  });

  const dress = { sku: 'D-M', category: 'dress' };
  const large = { sku: 'D-L', category: 'dress' };
  const coat = { sku: 'C-1', category: 'coat', amountMinor: 30_001 };

  /** All rows about a member in the tables of profiles. */
  async function rowsAbout(memberId: string): Promise<number> {
    let rows = 0;
    for (const table of ['profiled', 'profile', 'profile_preference', 'profile_removed']) {
      const [found] = await database.reader.query<{ n: unknown }[]>(
        `SELECT COUNT(*) AS n FROM merchants_${table} WHERE member_id = ?`,
        [memberId],
      );
      rows += Number(found?.n);
    }
    return rows;
  }

  test('S22: without consent there is no row of a profile, and buying and earning go on', async () => {
    const memberId = await world.member();
    await agree(world, memberId, 'MARKETING');
    await buyGoods(world, { memberId, merchantId }, dress);
    await buyGoods(world, { memberId, merchantId }, dress);
    await world.settle();

    expect(await rowsAbout(memberId)).toBe(0);
    expect(await profilesOf(world, memberId)).toBeNull();
    expect(await world.wallet(memberId)).toMatchObject({ available: 200 });
  });

  test('S22: with consent it holds types, sizes, colours, frequency and average of what was kept', async () => {
    const memberId = await world.member();
    await buyGoods(world, { memberId, merchantId }, dress, coat);
    await buyGoods(world, { memberId, merchantId }, large, { ...dress, amountMinor: 5_000 });
    const back = await buyGoods(world, { memberId, merchantId }, coat, dress);
    await bringBack(world, back, [{ number: 1, quantity: 1 }]);
    const allBack = await buyGoods(world, { memberId, merchantId }, coat);
    await bringBack(world, allBack, [{ number: 1, quantity: 1 }]);

    await agree(world, memberId, 'PROFILING');
    await world.settle();

    // A coat was kept once, size L was bought once: nothing that she commonly buys.
    expect(await preferencesOf(world, memberId)).toEqual([
      'CATEGORY dress 3',
      'COLOUR red 3',
      'SIZE M 3',
    ]);
    // (400.01 + 150.00 + 100.00) / 3 = 216.67
    expect(await profilesOf(world, memberId, { as: asMember(memberId) })).toMatchObject([
      {
        merchant: { id: merchantId },
        orders: 3,
        averageAmount: { amountMinor: 21_667, currency: 'CNY' },
        reckonedAt: world.clock.now().toISOString(),
      },
    ]);
  });

  test('it is reckoned anew each day, and what is older than a year leaves it', async () => {
    const memberId = await world.member();
    await agree(world, memberId, 'PROFILING');
    await world.settle();
    expect(await profilesOf(world, memberId)).toEqual([]);

    await buyGoods(world, { memberId, merchantId, purchasedAt: '2025-11-23T02:00:01Z' }, dress);
    await buyGoods(world, { memberId, merchantId }, dress);
    world.clock.advanceDays(1);
    await world.settle();
    expect(await preferencesOf(world, memberId)).toContain('CATEGORY dress 2');

    world.clock.advanceDays(1);
    await world.settle();
    expect(await preferencesOf(world, memberId)).toEqual([]);
  });

  test('a merchant has no part in what is bought at another one', async () => {
    const memberId = await world.member();
    const other = await world.merchant();
    await buyGoods(world, { memberId, merchantId }, dress);
    await buyGoods(world, { memberId, merchantId: other }, dress);
    await agree(world, memberId, 'PROFILING');
    await world.settle();

    expect(await profilesOf(world, memberId)).toMatchObject([
      { orders: 1, preferences: [] },
      { orders: 1, preferences: [] },
    ]);
  });

  test('she and the operator see it; the merchant, the regulator and strangers do not', async () => {
    const memberId = await world.member();
    await agree(world, memberId, 'PROFILING');
    await world.settle();

    expect(await profilesOf(world, memberId, { as: asMember(memberId) })).toEqual([]);
    expect(await profilesOf(world, memberId)).toEqual([]);
    for (const as of [asMerchant(merchantId), asMember(await world.member()), regulator]) {
      expect(await profilesOf(world, memberId, { as })).toEqual({ fault: 'FORBIDDEN' });
    }
  });

  test('withdrawing erases it, purchases stay; agreeing again begins anew', async () => {
    const memberId = await world.member();
    await buyGoods(world, { memberId, merchantId }, dress);
    await buyGoods(world, { memberId, merchantId }, dress);
    await agree(world, memberId, 'PROFILING');
    await world.settle();
    expect(await rowsAbout(memberId)).toBe(5);

    await withdraw(world, memberId, 'PROFILING');
    await world.settle();
    expect(await rowsAbout(memberId)).toBe(0);
    expect(await profilesOf(world, memberId)).toBeNull();

    await agree(world, memberId, 'PROFILING');
    await withdraw(world, memberId, 'PROFILING');
    await agree(world, memberId, 'PROFILING');
    await world.settle();
    expect(await profilesOf(world, memberId)).toMatchObject([{ orders: 2 }]);
  });

  test('when her account is closed it is erased within a day', async () => {
    const memberId = await world.member();
    await buyGoods(world, { memberId, merchantId }, dress);
    await agree(world, memberId, 'PROFILING');
    await world.settle();
    const tables = await openTables(world.databaseUrl, 'members');
    await tables.transaction((manager) =>
      manager.query("UPDATE members_member SET status = 'CLOSED' WHERE id = ?", [memberId]),
    );
    await tables.close();

    world.clock.advanceDays(1);
    await world.settle();

    expect(await rowsAbout(memberId)).toBe(0);
  });

  test('while members is out of reach nobody is profiled, and what was known is not renewed', async () => {
    const memberId = await world.member();
    await buyGoods(world, { memberId, merchantId }, dress);
    await agree(world, memberId, 'PROFILING');

    outage.isOut = true;
    await world.settle();
    outage.isOut = false;
    expect(await profilesOf(world, memberId)).toEqual([]);

    await world.settle();
    expect(await profilesOf(world, memberId)).toMatchObject([{ orders: 1 }]);
  });

  /** Lets one worker do a step. */
  async function step(name: string): Promise<void> {
    const worker = world.embedded.workers.find((one) => one.name.startsWith(name));
    if (worker === undefined) throw new Error(`There is no worker ${name}`);
    await worker.step();
  }

  test('what she withdraws while her profile is reckoned is withdrawn afterwards', async () => {
    const [gone, quiet] = [await world.member(), await world.member()];
    for (const memberId of [gone, quiet]) {
      await buyGoods(world, { memberId, merchantId }, dress);
      await agree(world, memberId, 'PROFILING', 'MARKETING');
    }
    await step('merchants-consents');
    // Each of the two answers is on its way.
    let answers = 0;
    outage.meanwhile = async () => {
      answers += 1;
      if (answers < 2) return;
      outage.meanwhile = null;
      await withdraw(world, gone, 'PROFILING');
      await withdraw(world, quiet, 'MARKETING');
      await step('merchants-consents');
    };

    await step('merchants reckons profiles');
    expect(outage.meanwhile).toBeNull();
    expect(await rowsAbout(gone)).toBe(0);

    await step('merchants reckons profiles');
    const [row] = await database.reader.query<{ wants_messages: unknown }[]>(
      'SELECT wants_messages FROM merchants_profiled WHERE member_id = ?',
      [quiet],
    );
    expect(Number(row?.wants_messages)).toBe(0);
    expect(await profilesOf(world, quiet)).toMatchObject([{ orders: 1 }]);
  });

  test('a preference that she takes out does not come back with what she buys', async () => {
    const memberId = await world.member();
    const remove = { memberId, merchantId, kind: 'SIZE', value: 'M' };
    await buyGoods(world, { memberId, merchantId }, dress);
    await buyGoods(world, { memberId, merchantId }, dress);
    await agree(world, memberId, 'PROFILING');
    await world.settle();

    const stranger = await deed(world, 'removePreference', '', remove, {
      as: asMember(await world.member()),
    });
    const removed = await deed(world, 'removePreference', '', remove, { as: asMember(memberId) });
    const again = await deed(world, 'removePreference', '', remove, { locale: 'zh-CN' });
    world.clock.advanceDays(1);
    await buyGoods(world, { memberId, merchantId }, dress);
    await world.settle();

    expect(stranger).toEqual({ fault: 'FORBIDDEN' });
    expect(removed.__typename).toBe('PreferenceRemoved');
    expect(again).toMatchObject({
      code: 'PREFERENCE_NOT_FOUND',
      message: expect.stringMatching('偏好'),
    });
    expect(await preferencesOf(world, memberId)).toEqual(['CATEGORY dress 3', 'COLOUR red 3']);
  });

  test('goods that cannot be used are refused with their field', async () => {
    const of = async (...goods: Record<string, unknown>[]) =>
      await profiles.describe(world, merchantId, goods, { as: asMerchant(merchantId) });

    expect(await of()).toMatchObject({ code: 'GOODS_NOT_USABLE', field: 'goods' });
    expect(await of({ sku: 'A' }, { sku: 'A' })).toMatchObject({
      code: 'GOODS_REPEATED',
      field: 'goods.1.sku',
    });
    expect(await of({ sku: 'A', size: ' M' })).toMatchObject({ field: 'goods.0.size' });
    expect(
      await profiles.describe(world, 'nobody', [{ sku: 'A' }], { as: asMerchant(merchantId) }),
    ).toEqual({ fault: 'FORBIDDEN' });
    expect(await profiles.describe(world, 'nobody', [{ sku: 'A' }])).toMatchObject({
      code: 'MERCHANT_NOT_FOUND',
    });
  });

  test('the members of a page are reckoned by a number of statements that does not grow with them', async () => {
    const count = async (size: number): Promise<number> => {
      for (let n = 0; n < size; n += 1) {
        const memberId = await world.member();
        await buyGoods(world, { memberId, merchantId }, dress);
        await agree(world, memberId, 'PROFILING');
      }
      world.statements.length = 0;
      await world.settle();
      return world.statements.filter(({ name, sql }) => name === 'merchants' && /profile/.test(sql))
        .length;
    };

    const one = await count(1);
    expect(await count(3)).toBe(one);
  });
});
