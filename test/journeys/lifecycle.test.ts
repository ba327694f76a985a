import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '../support/engines.ts';
import { ask, endAll, newFolder, redeemSaved, start } from '../support/program.ts';

afterEach(endAll);

/** SQLite in the program's own default place, MariaDB by its URL. */
const databaseOf = (engine: Engine): Record<string, string> =>
  engine.name === 'SQLite' ? {} : { TONGDUI_DATABASE_URL: engine.freshUrl() };

/** What the journey of the merchants' own subgraphs lists too. */
const ITEMS = '{ allianceItems(first: 50) { nodes { __typename } } }';

/** Ended in one way on the one engine and in the other on the other: a start takes many seconds. */
const endings = engines.map((engine, index) => ({
  ...{ engine, name: engine.name },
  signal: index === 0 ? ('SIGTERM' as const) : ('SIGKILL' as const),
}));

describe.each(endings)('the program on $name', ({ engine, signal }) => {
  test(`has its data after ${signal}`, async () => {
    const folder = newFolder();
    const settings = databaseOf(engine);
    const first = start(folder, settings);
    const url = await first.url();
    for (const page of ['/livez', '/readyz', '/explorer/']) {
      expect((await fetch(`${url}${page}`)).status, page).toBe(200);
    }
    const answered = await redeemSaved(url);
    expect(answered.data.redeem.__typename).toBe('RewardRedeemed');
    first.child.kill(signal);
    expect(await first.ended).toBe(signal === 'SIGTERM' ? 0 : null);

    const second = start(folder, settings);
    const again = await second.url();
    const afterwards = await redeemSaved(again);

    // The same key: the same redemption and voucher, and no points taken again.
    expect(afterwards.data).toEqual(answered.data);
    expect(second.output).toContain('12 merchants');
    // The jewellery shop has a subgraph of its own, which the program started.
    const { data, errors } = await ask(again, 'MEMBER', ITEMS);
    expect(errors).toBeUndefined();
    const types = data.allianceItems.nodes.map((node: { __typename: string }) => node.__typename);
    expect(types.filter((type: string) => type === 'Jinghua_Item')).toHaveLength(6);
    expect(types).toContain('Reward');
    second.child.kill('SIGKILL');
    await second.ended;
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
