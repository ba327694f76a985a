import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '../support/engines.ts';
import { endAll, newFolder, redeemSaved, start } from '../support/program.ts';

afterEach(endAll);

/** SQLite in the program's own default place, MariaDB by its URL. */
const databaseOf = (engine: Engine): Record<string, string> =>
  engine.name === 'SQLite' ? {} : { TONGDUI_DATABASE_URL: engine.freshUrl() };

describe.each(engines)('the program on $name', (engine) => {
  test('has its data after it was stopped, and after it was killed outright', async () => {
    const folder = newFolder();
    const settings = databaseOf(engine);
    const first = start(folder, settings);
    const url = await first.url();
    for (const page of ['/livez', '/readyz', '/explorer/']) {
      expect((await fetch(`${url}${page}`)).status, page).toBe(200);
    }
    const answered = await redeemSaved(url);
    expect(answered.data.redeem.__typename).toBe('RewardRedeemed');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = start(folder, settings);
    const afterStop = await redeemSaved(await second.url());
    second.child.kill('SIGKILL');
    await second.ended;
    const third = start(folder, settings);
    const afterKill = await redeemSaved(await third.url());

    // The same key: the same redemption and voucher, and no points taken again.
    expect(afterStop.data).toEqual(answered.data);
    expect(afterKill.data).toEqual(answered.data);
    expect(third.output).toContain('12 merchants');
    third.child.kill('SIGKILL');
    await third.ended;
    if (settings.TONGDUI_DATABASE_URL) await engine.remove(settings.TONGDUI_DATABASE_URL);
  });
});

describe('the program', () => {
  test('says what to do when its port is taken, and leaves nothing running', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };

    const program = start(newFolder(), { TONGDUI_PORT: String(port) });

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('TONGDUI_PORT');
    taken.close();
  });

  test.each([
    ['a misspelt setting', { TONGDUI_PROT: '1' }, 'TONGDUI_PROT'],
    [
      'a database of another kind',
      { TONGDUI_DATABASE_URL: 'postgres://x/y' },
      'TONGDUI_DATABASE_URL',
    ],
    [
      'a database that is not there',
      { TONGDUI_DATABASE_URL: 'mysql://nobody:secret@127.0.0.1:1/tongdui' },
      'TONGDUI_DATABASE_URL',
    ],
  ])('%s is named in one line, without a stack or a secret', async (_, settings, named) => {
    const program = start(newFolder(), settings);

    expect(await program.ended).toBe(1);
    expect(program.output).toContain(named);
    expect(program.output).not.toMatch(/secret|node:internal|\.ts:\d/);
  });

  test('does not start in production on development keys', async () => {
    const program = start(newFolder(), { NODE_ENV: 'production' });

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('TONGDUI_CURSOR_KEY');
  });

  test('does not start in production without an identity provider', async () => {
    const program = start(newFolder(), {
      NODE_ENV: 'production',
      TONGDUI_CURSOR_KEY: 'c'.repeat(32),
      TONGDUI_PERSONAL_KEY: 'p'.repeat(32),
      TONGDUI_CHECKPOINT_KEY: 'k'.repeat(32),
    });

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('TONGDUI_JWKS_URL');
  });
});
