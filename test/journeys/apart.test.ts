import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../gateway/limits.ts';
import { type SubgraphName, subgraphNames } from '../../shared/addresses.ts';
import type { Clock } from '../../shared/clock.ts';
import { remoteTransport } from '../../shared/network/remote.ts';
import {
  type Apart,
  clock,
  freeAddresses,
  gatewayBefore,
  openApart,
  openTogether,
} from '../network/alliances.ts';
import { everyByte, internalsIn } from '../network/every-byte.ts';
import {
  buyMore,
  comparable,
  LISTING,
  type Places,
  redeemAndLook,
  redeemOnce,
  settleIn,
  Traveller,
  tryToRedeem,
} from '../network/journey.ts';
import { type Foreign, foreignSocket, keys } from '../network/network.ts';
import type { Part } from '../network/one-of-six.ts';
import { engines } from '../support/engines.ts';
import { operator } from '../support/people.ts';

/** Every byte that one process on SQLite answers on the journey. */
async function answeredTogether(): Promise<readonly string[]> {
  const [sqlite] = engines;
  const url = String(sqlite?.freshUrl());
  await using together = await openTogether(url);
  await redeemAndLook(together.traveller, await settleIn(together.traveller));
  await sqlite?.remove(url);
  return comparable(together.traveller.answers);
}

let expected: readonly string[];
beforeAll(async () => {
  expected = await answeredTogether();
});

describe.each(engines)('five servers and a gateway on $name', (engine) => {
  test('answer the journey byte for byte like one process on SQLite', async () => {
    const url = engine.freshUrl();
    {
      await using apart = await openApart(url);

      await redeemAndLook(apart.traveller, await settleIn(apart.traveller));

      expect(comparable(apart.traveller.answers)).toEqual(expected);
    }
    await engine.remove(url);
  });
});

describe('six processes', () => {
  const engine = engines.at(-1); // MariaDB where there is one.
  const url = String(engine?.freshUrl());
  const children: ChildProcess[] = [];
  afterAll(async () => {
    const ended = children.map((child) => new Promise((done) => child.once('exit', done)));
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(ended);
    await engine?.remove(url);
  });

  /** Starts one and answers its address. Throws with what it printed when it ends before. */
  function start(part: Part): Promise<string> {
    const program = join(import.meta.dirname, '../network/one-of-six.ts');
    const child = spawn(process.execPath, [program, JSON.stringify(part)]);
    children.push(child);
    return new Promise((resolve, reject) => {
      let output = '';
      const read = (text: unknown): void => {
        output += text;
        const [, address] = /ready at (\S+)/.exec(output) ?? [];
        if (address !== undefined) resolve(address);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => reject(new Error(output)));
    });
  }

  test(`on ${engine?.name} answer the journey byte for byte like one on SQLite`, async () => {
    const free = await freeAddresses();
    const addresses = Object.fromEntries(
      Object.entries(free).map(([name, address]) => [name, address.href]),
    );
    const parts = (['gateway', ...subgraphNames] as const).map((name) =>
      start({ name, databaseUrl: url, addresses }),
    );
    const [address = ''] = await Promise.all(parts);
    const traveller = new Traveller(address);

    await redeemAndLook(traveller, await settleIn(traveller));

    expect(comparable(traveller.answers)).toEqual(expected);
    // Six programs start at once, each compiling what it needs.
  });
});

/** What of a redemption is null when a subgraph is out of reach. The rest is as it was. */
const lost: readonly (readonly [SubgraphName, object])[] = [
  ['members', { member: { displayName: null, tier: null } }],
  [
    'merchants',
    {
      reward: { merchant: { name: null, industry: null } },
      burns: { issuer: { name: null } },
      claims: { debtor: { name: null }, creditor: { name: null } },
    },
  ],
  ['points-ledger', { member: { wallet: null }, burns: null, claims: null }],
  ['green-consumption', { reward: { green: null }, carbonGrams: null }],
];

/** Accepts connections and never answers. */
const hanging = (port = 0): Promise<Foreign> => foreignSocket(() => undefined, port);

describe('with one subgraph out of reach', () => {
  const [engine] = engines;
  const url = String(engine?.freshUrl());
  let apart: Apart;
  let places: Places;
  let whole: Record<string, unknown>;
  beforeAll(async () => {
    // Shorter than in earnest: a subgraph that hangs is waited for once for each step of the plan.
    apart = await openApart(url, 1_500);
    places = await settleIn(apart.traveller);
    await redeemOnce(apart.traveller, places);
    whole = (await apart.traveller.ask(LISTING)).data.redemptions.nodes[0];
  });
  afterAll(async () => {
    await apart[Symbol.asyncDispose]();
    await engine?.remove(url);
  });

  /** The listing, with every byte of it searched. */
  async function listing(gateway: string) {
    const { all, body } = await everyByte(gateway, LISTING, operator);
    const { data, errors } = JSON.parse(body);
    expect(internalsIn(all, Object.values(apart.addresses))).toEqual([]);
    for (const error of errors ?? []) expect(shapeOf(error)).toEqual(SHOWN);
    return { data, errors };
  }

  test.each([
    'connect ECONNREFUSED 192.0.2.7:4001',
    'no answer from http://members:4001/graphql',
    'TypeError: x is not a function at answer (/app/shared/network/serve.ts:12:3)',
    "Unknown column 'a' in SELECT a",
    'Duplicate entry in rewards_redemption',
  ])('the search finds what must not be there: %s', (message) => {
    const bytes = JSON.stringify({ errors: [{ message }] });

    expect(internalsIn(bytes, [])).not.toEqual([]);
  });

  describe.each(lost)('%s', (name, holes) => {
    test.each([
      ['stopped', 'SUBGRAPH_UNAVAILABLE', async () => null],
      ['hanging', 'SUBGRAPH_TIMEOUT', () => hanging(Number(apart.addresses[name].port))],
    ])('%s: the listing is answered with its fields null and one error', async (_, code, stand) => {
      await apart.stopOne(name);
      const standIn = await stand();

      const { data, errors } = await listing(apart.traveller.url);
      await standIn?.[Symbol.asyncDispose]();
      await apart.startOne(name);

      expect(data.redemptions.nodes).toEqual([merged(whole, holes)]);
      expect(errors).toMatchObject([{ extensions: { code } }]);
      expect(await listing(apart.traveller.url)).toEqual({
        ...{ data: { redemptions: { nodes: [whole] } }, errors: undefined },
      });
    });
  });

  test('the one that owns them: there is no listing, and one error says so', async () => {
    await apart.stopOne('rewards-catalog');

    const { data, errors } = await listing(apart.traveller.url);
    await apart.startOne('rewards-catalog');

    expect(data?.redemptions ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  });

  test('hanging for as long as in earnest, the listing is answered within its deadline', async () => {
    // All at once, because each of them takes seconds in which nothing is done.
    const took = lost.map(async ([name, holes]) => {
      await using hangs = await hanging();
      const addresses = { ...apart.addresses, [name]: hangs.address };
      await using earnest = await gatewayInEarnest(addresses);
      const start = performance.now();
      const { data, errors } = await listing(earnest.url);
      const ms = performance.now() - start;
      expect(data.redemptions.nodes, name).toEqual([merged(whole, holes)]);
      expect(errors, name).toMatchObject([{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }]);
      return ms;
    });

    // Beyond it only what it takes to write an answer down.
    for (const ms of await Promise.all(took)) expect(ms).toBeLessThan(limits.deadlineMs + 2_000);
  });

  test('a redemption without the ledger is pending, and the same key completes it once', async () => {
    const { ann: memberId, charging: rewardId } = places;
    const input = { idempotencyKey: apart.traveller.key(), memberId, rewardId };
    await buyMore(apart.traveller, places, 200);
    await apart.stopOne('points-ledger');
    const standIn = await hanging(Number(apart.addresses['points-ledger'].port));

    const pending = await tryToRedeem(apart.traveller, input);
    await standIn[Symbol.asyncDispose]();
    await apart.startOne('points-ledger');
    const done = await tryToRedeem(apart.traveller, input);
    const again = await tryToRedeem(apart.traveller, input);

    expect(pending.__typename).toBe('RedemptionPending');
    expect(done.__typename).toBe('RewardRedeemed');
    expect(done.redemption.id).toBe(pending.redemption.id);
    // 150 + 200 points, and two redemptions of 100.
    expect(done.redemption.member.wallet.available).toBe(150);
    expect(again).toEqual(done);
  });
});

/** A gateway with every limit as it is, and a clock that goes on: deadlines come nearer on it. */
async function gatewayInEarnest(addresses: Apart['addresses']) {
  const begun = performance.now();
  const going: Clock = {
    now: () => new Date(clock.now().getTime() + performance.now() - begun),
  };
  const { transport, close } = remoteTransport({ addresses, keys, clock: going });
  const { gateway, url } = await gatewayBefore(transport, going);
  return {
    url,
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      close();
    },
  };
}

/** Everything that an error may consist of. */
const SHOWN = ['extensions.code', 'extensions.requestId', 'message', 'path'];

const shapeOf = ({ extensions, ...rest }: { extensions: object }): string[] =>
  [...Object.keys(extensions).map((key) => `extensions.${key}`), ...Object.keys(rest)].sort();

/** A value with parts of it replaced. */
function merged(value: unknown, change: unknown): unknown {
  if (change === null || typeof change !== 'object') return change;
  if (Array.isArray(value)) return value.map((part) => merged(part, change));
  return {
    ...(value as object),
    ...Object.fromEntries(
      Object.entries(change).map(([key, part]) => [
        key,
        merged((value as Record<string, unknown>)[key], part),
      ]),
    ),
  };
}
