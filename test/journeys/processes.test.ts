import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { subgraphNames } from '../../shared/addresses.ts';
import { freeAddresses } from '../network/alliances.ts';
import { endAll, newFolder, redeemSaved, start } from '../support/program.ts';

afterEach(endAll);

/** Settings under which nothing else on this machine is met. */
async function addresses(): Promise<Record<string, string>> {
  const entries = Object.entries(await freeAddresses());
  return Object.fromEntries(
    entries.map(([name, url]) => [
      `TONGDUI_URL_${name.toUpperCase().replaceAll('-', '_')}`,
      url.origin,
    ]),
  );
}

describe('the programs', () => {
  test('one for each subgraph and one for the gateway are the alliance, feeds included', async () => {
    const folder = newFolder();
    const settings = await addresses();
    const parts = ['gateway', ...subgraphNames].map((name) => start(folder, settings, name));
    const [url = ''] = await Promise.all(parts.map((part) => part.url()));

    const answer = await redeemSaved(url);

    expect(answer.errors).toBeUndefined();
    expect(answer.data.redeem.__typename).toBe('RewardRedeemed');
    const { redemption } = answer.data.redeem;
    expect(redemption.burns.length).toBeGreaterThan(1);
    // Her tier follows from purchases, which members learns from the feed of merchants.
    let tier = redemption.member.tier.name;
    for (let tries = 0; tier === 'Standard' && tries < 100; tries += 1) {
      await sleep(200);
      tier = (await redeemSaved(url)).data.redeem.redemption.member.tier.name;
    }
    expect(tier).not.toBe('Standard');
    for (const { child } of parts) child.kill('SIGTERM');
    expect(await Promise.all(parts.map(({ ended }) => ended))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('without one subgraph the rest answers, with one error', async () => {
    const settings = await addresses();
    const program = start(newFolder(), settings, '--without', 'green-consumption');

    const { data, errors } = await redeemSaved(await program.url());

    expect(data.redeem.__typename).toBe('RewardRedeemed');
    expect(data.redeem.redemption).toMatchObject({ reward: { green: null }, carbonGrams: null });
    expect(data.redeem.redemption.burns.length).toBeGreaterThan(1);
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });

  test('a subgraph waits for feeds that are not there, and says so once of each', async () => {
    const settings = { ...(await addresses()), TONGDUI_LOG_LEVEL: 'warn' };
    const program = start(newFolder(), settings, 'green-consumption');
    await program.url();

    await sleep(2_500);

    const waiting = program.output.split('\n').filter((line) => line.includes('and waited for'));
    const consumers = waiting.map((line) => JSON.parse(line).consumer);
    expect(consumers.length).toBeGreaterThan(0);
    expect(consumers).toEqual([...new Set(consumers)]);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });

  test.each([
    ['a subgraph that there is not', ['no-such-subgraph']],
    ['two names', ['members', 'merchants']],
    ['an option that there is not', ['--with', 'members']],
    ['nothing to leave out', ['--without', 'nothing']],
  ])('%s ends with one message, and nothing is started', async (_, words) => {
    const program = start(newFolder(), await addresses(), ...words);

    expect(await program.ended).toBe(1);
    expect(program.output).toMatch(/Usage|Unknown option/);
    expect(program.output).not.toMatch(/node:internal|\.ts:\d/);
  });

  test('several of them do not start in production without their common key', async () => {
    const keys = { TONGDUI_CURSOR_KEY: 'c'.repeat(32), TONGDUI_PERSONAL_KEY: 'p'.repeat(32) };
    const program = start(newFolder(), { ...keys, NODE_ENV: 'production' }, 'members');

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('TONGDUI_INTERNAL_KEY');
  });
});
