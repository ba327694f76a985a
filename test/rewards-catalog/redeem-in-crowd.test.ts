import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { serviceCaller } from '../../shared/graphql/caller.ts';
import { engines } from '../support/engines.ts';
import { freshKey, freshPhone, openAlliance, operator, type World } from '../support/world.ts';
import { freshHome } from './crashing.ts';
import type { Crowd } from './redeem-in-crowd.ts';
import { problemsOfBooks, stockOf } from './stocks.ts';

const AT = '2026-11-22T02:00:00Z';
const MEMBERS = 200;
const STOCK = 20;

/** Asks a subgraph past the gateway: what is prepared here is not what the test is about. */
const ask = async (
  world: World,
  name: 'members' | 'points-ledger',
  query: string,
  variables: Record<string, unknown>,
) => {
  const caller = name === 'members' ? operator : serviceCaller('merchants');
  const call = { caller, locale: 'en' as const, requestId: 'crowd', deadline: null };
  const { data, errors } = await world.embedded.transport(name, { query, variables, call });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};

/** Members who each have the points for one piece. */
async function crowdWithPoints(world: World, issuerId: string): Promise<string[]> {
  const register = `mutation ($input: RegisterMemberInput!) { registerMember(input: $input) {
    ... on MemberRegistered { member { id } } } }`;
  const members = Array.from({ length: MEMBERS }, async () => {
    const phone = freshPhone();
    const who = { idempotencyKey: freshKey(), displayName: 'Ann', phone };
    const data = await ask(world, 'members', register, {
      input: { ...who, policyVersion: '2026-01' },
    });
    // The document above asks for just this.
    return (data as { registerMember: { member: { id: string } } }).registerMember.member.id;
  });
  const memberIds = await Promise.all(members);
  await ask(
    world,
    'points-ledger',
    `mutation ($commands: [PointsCommandInput!]!) { postPoints(commands: $commands) { status } }`,
    {
      commands: memberIds.map((walletId) => ({
        ...{ key: `crowd:${walletId}`, kind: 'ACCRUE', walletId, unit: 'ALLIANCE', points: 100 },
        ...{ issuerId, priceMinor: 80, pricePoints: 100, priceCurrency: 'CNY' },
        ...{ expiresOn: '2027-11-22', causeKind: 'PURCHASE', causeId: walletId },
      })),
    },
  );
  return memberIds;
}

/** A process that waits for being told to redeem, and then answers what its members were answered. */
async function startCrowd(crowd: Crowd) {
  const script = join(import.meta.dirname, 'redeem-in-crowd.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(crowd)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The process ended too early');
    return value;
  };
  expect(await next()).toBe('ready');
  return async (): Promise<string[]> => {
    const closed = once(child, 'close');
    child.stdin.write('go\n');
    const kinds: string[] = JSON.parse(await next());
    await closed;
    return kinds;
  };
}

describe.each(engines)('two processes on $name', (engine) => {
  test('of 200 members at once for a reward with stock 20: 20 redemptions, 180 refusals, points and stock agree', async () => {
    await using home = freshHome(engine);
    const { databaseUrl } = home;
    await using world = await openAlliance(engine, { databaseUrl, at: AT });
    const merchantId = await world.merchant();
    const rewardId = await world.reward({ merchantId, points: 100, stock: STOCK });
    const memberIds = await crowdWithPoints(world, merchantId);
    const keys = { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) };
    const crowds = [memberIds.slice(0, MEMBERS / 2), memberIds.slice(MEMBERS / 2)];
    const started = await Promise.all(
      crowds.map((ids) =>
        startCrowd({
          ...{ databaseUrl, at: AT, keys, caller: operator },
          inputs: ids.map((memberId) => ({ idempotencyKey: freshKey(), memberId, rewardId })),
        }),
      ),
    );

    const answers = (await Promise.all(started.map((go) => go()))).flat();
    await world.settle();

    const count = (kind: string) => answers.filter((answer) => answer === kind).length;
    expect({ redeemed: count('RewardRedeemed'), soldOut: count('SoldOut') }).toEqual({
      redeemed: STOCK,
      soldOut: MEMBERS - STOCK,
    });
    expect(await stockOf(world, rewardId)).toBe(0);
    const { redemptions } = await world.data(
      `query ($id: ID!) { redemptions(first: 50, filter: { rewardId: { eq: $id } }) {
        totalCount nodes { status member { id } } } }`,
      { id: rewardId },
    );
    expect(redemptions.totalCount).toBe(STOCK);
    const takers = new Set<string>();
    for (const { status, member } of redemptions.nodes) {
      expect(status).toBe('COMPLETED');
      takers.add(member.id);
    }
    expect(takers.size).toBe(STOCK);
    const lookedAt = [...takers, ...memberIds.filter((id) => !takers.has(id)).slice(0, STOCK)];
    for (const memberId of lookedAt) {
      const available = takers.has(memberId) ? 0 : 100;
      expect(await world.wallet(memberId)).toEqual({ available, held: 0, debt: 0 });
    }
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
