import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withBooks } from '../rewards-catalog/stocks.ts';
import { engines } from '../support/engines.ts';
import { openAlliance, type World } from '../support/world.ts';

const script = join(import.meta.dirname, '../../subgraphs/verify.ts');

/** `npm run verify`, as an operator runs it. */
function verify({ databaseUrl }: Pick<World, 'databaseUrl'>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    env: { ...process.env, TONGDUI_DATABASE_URL: databaseUrl },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe.each(engines)('npm run verify on $name', { timeout: 60_000 }, (engine) => {
  test('says how much is in order, and ends with 1 when a posting was edited', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    await world.purchase({ merchantId, memberId, amountMinor: 10_000 });
    await world.purchase({ merchantId, memberId, amountMinor: 20_000 });

    const before = verify(world);
    await withBooks(world, (books) =>
      books.transaction((manager) =>
        manager.query(
          "UPDATE points_posting SET amount = 101 WHERE account = 'AVAILABLE' AND seq = 1",
        ),
      ),
    );
    const after = verify(world);

    expect(before).toMatchObject({
      ...{ status: 0, stdout: '2 entries in 2 blocks: the books are in order\n' },
    });
    expect(after).toMatchObject({ status: 1, stdout: '' });
    expect(after.stderr).toContain('entry 1');
  });

  test('makes no books where there are none, and changes none of another version', async () => {
    const databaseUrl = engine.freshUrl();
    const nothing = verify({ databaseUrl });
    const again = verify({ databaseUrl });
    await using world = await openAlliance(engine);
    await withBooks(world, (books) =>
      books.transaction((manager) =>
        manager.query("DELETE FROM frame_migration WHERE name = 'ApproveImports1767225600120'"),
      ),
    );
    const older = verify(world);
    await withBooks(world, (books) =>
      books.transaction((manager) =>
        manager.query(
          "INSERT INTO frame_migration (timestamp, name) VALUES (1, 'ApproveImports1767225600120'), (2, 'Newer1')",
        ),
      ),
    );
    const newer = verify(world);

    for (const { status, stderr } of [nothing, again]) {
      expect(status).toBe(1);
      expect(stderr).toContain('There is no database at this address');
    }
    for (const { status, stderr } of [older, newer]) {
      expect(status).toBe(1);
      expect(stderr).toContain('`npm run migrate`');
    }
    expect(verify({ databaseUrl: 'nonsense' }).stderr).toContain('sqlite:FOLDER');
  });
});
