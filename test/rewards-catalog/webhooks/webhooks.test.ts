import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { createRewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import { engines } from '../../support/engines.ts';
import {
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  regulator,
  type World,
} from '../../support/world.ts';
import { change as changeRedemption, useVoucher } from '../aftersales/asking.ts';
import { catalogWith } from '../interruption.ts';
import { change, log, send, voucherOf, webhooksOf } from './asking.ts';
import { logOfWebhooks, triesOfWebhooks } from './log.ts';
import { Receiver, status, verified } from './receiver.ts';

const ALL = ['REDEMPTION_PLACED', 'REDEMPTION_COMPLETED', 'REDEMPTION_CANCELLED', 'VOUCHER_USED'];
const HOUR = 1 / 24;

describe.each(engines)('webhooks on $name', (engine) => {
  // Only the receiver that never answers has little time: the others may be late on a busy machine.
  let timeoutMs = 60_000;
  const definitions = catalogWith(createRewardsCatalog({ webhookTimeoutMs: () => timeoutMs }));
  let world: World;
  let receiver: Receiver;
  let memberId: string;
  let merchantId: string;
  let rewardId: string;
  beforeAll(async () => {
    world = await openAlliance(engine, { definitions });
    receiver = await Receiver.open();
    memberId = await world.member();
    const issuer = await world.merchant();
    await world.purchase({ merchantId: issuer, memberId, amountMinor: 1_000_000 });
  });
  afterAll(async () => {
    await receiver.stop();
    await world[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    receiver.reset();
    merchantId = await world.merchant();
    rewardId = await world.reward({ merchantId });
  });

  afterEach(async () => {
    // What it has waiting is not to come to the next test.
    for (const { id: webhookId } of await webhooksOf(world, merchantId, { as: operator })) {
      await change(world, 'removeWebhook', { merchantId, webhookId }, { as: operator });
    }
  });

  const register = async (more: Record<string, unknown> = {}) => {
    const answer = await change(world, 'registerWebhook', {
      ...{ merchantId, url: receiver.url, kinds: ALL },
      ...more,
    });
    expect(answer).toMatchObject({ __typename: 'WebhookRegistered' });
    return { webhookId: answer.webhook.id as string, secret: answer.secret as string };
  };

  const redeem = async (quantity = 1): Promise<string> => {
    const answer = await world.redeem({ memberId, rewardId, quantity });
    expect(answer).toMatchObject({ __typename: 'RewardRedeemed' });
    return answer.redemption.id;
  };

  test('tell a merchant of its redemptions in order, signed, with ids and nothing else', async () => {
    await redeem();
    const { webhookId, secret } = await register();
    const redemptionId = await redeem();
    await useVoucher(world, merchantId, await voucherOf(world, redemptionId));
    await world.redeem({
      memberId,
      rewardId: await world.reward({ merchantId: await world.merchant() }),
    });
    await send(world);

    const bodies = receiver.got.map((got) => verified(got, secret, world.clock.now()));
    const types = ['redemption.placed', 'redemption.completed', 'voucher.used'];
    const data = { redemptionId, merchantId, rewardId, quantity: 1 };
    const timestamp = world.clock.now().toISOString();
    expect(bodies).toEqual(types.map((type) => ({ type, timestamp, data })));
    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED DELIVERED 1 204 null',
      'REDEMPTION_COMPLETED DELIVERED 1 204 null',
      'VOUCHER_USED DELIVERED 1 204 null',
    ]);
    const [first] = receiver.got;
    const forged = { ...(first ?? expect.fail()), text: first?.text.replace('1}', '2}') ?? '' };
    expect(() => verified(forged, secret, world.clock.now())).toThrow();
    await send(world);
    expect(receiver.got).toHaveLength(3);
  });

  test('tell of what a merchant chose, and of a redemption that is undone or comes back', async () => {
    await register({ kinds: ['REDEMPTION_CANCELLED', 'REDEMPTION_RETURNED'] });
    const made = await redeem();
    const waiting = await world.reward({ merchantId, fulfilHours: 24 });
    const placed = (await world.redeem({ memberId, rewardId: waiting })).redemption.id;
    await changeRedemption(world, 'cancelRedemption', { redemptionId: made });
    const decline = { redemptionId: placed, reason: 'OUT_OF_STOCK' };
    await changeRedemption(world, 'declineRedemption', decline, { as: asMerchant(merchantId) });
    const back = await redeem(2);
    const giveBack = { redemptionId: back, grounds: 'VOLUNTARY', quantity: 1 };
    await changeRedemption(world, 'returnRedemption', giveBack);
    await world.redeem({ memberId: await world.member(), rewardId });
    await send(world);

    expect(receiver.got.map(({ body: { type, data } }) => [type, data])).toMatchObject([
      ['redemption.cancelled', { redemptionId: made }],
      ['redemption.cancelled', { redemptionId: placed }],
      ['redemption.returned', { redemptionId: back, quantity: 1 }],
    ]);
  });

  test('wait in order while the receiver is dead, and come once when it is back', async () => {
    const { webhookId } = await register({ kinds: ['REDEMPTION_COMPLETED'] });
    await receiver.stop();
    const made = [await redeem(), await redeem(), await redeem()];
    await send(world);
    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_COMPLETED PENDING 1 null NO_CONNECTION',
      'REDEMPTION_COMPLETED PENDING 0 null null',
      'REDEMPTION_COMPLETED PENDING 0 null null',
    ]);
    const [failing] = await webhooksOf(world, merchantId);
    expect(failing).toMatchObject({
      state: 'ACTIVE',
      failingSince: world.clock.now().toISOString(),
    });
    expect(failing.notice).toContain(world.clock.now().toISOString());

    await receiver.start();
    await send(world);
    expect(receiver.got).toEqual([]);
    world.clock.advanceDays(HOUR);
    await send(world);

    expect(receiver.got.map(({ body }) => body.data.redemptionId)).toEqual(made);
    expect(await webhooksOf(world, merchantId)).toMatchObject([
      { notice: null, failingSince: null },
    ]);
  });

  test('an event that is not taken holds up no other, and comes again with the same id', async () => {
    const { webhookId } = await register();
    receiver.answer = ({ body }, response) =>
      void response
        .writeHead(body.type === 'redemption.placed' ? 500 : 200)
        .end('x'.repeat(100_000));
    await redeem();
    await send(world);
    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED PENDING 1 500 BAD_STATUS',
      'REDEMPTION_COMPLETED DELIVERED 1 200 null',
    ]);

    receiver.answer = status(200);
    world.clock.advanceDays(HOUR);
    await send(world);

    expect(receiver.types).toEqual([
      'redemption.placed',
      'redemption.completed',
      'redemption.placed',
    ]);
    expect(receiver.ids[2]).toBe(receiver.ids[0]);
    expect(new Set(receiver.ids).size).toBe(2);
  });

  test('who is slow, or sends elsewhere, is waited for a while and followed nowhere', async () => {
    const elsewhere = await Receiver.open();
    const { webhookId } = await register({ kinds: ['REDEMPTION_PLACED'] });
    receiver.answer = status(307, { location: elsewhere.url });
    await redeem();
    await send(world);
    receiver.answer = () => undefined;
    timeoutMs = 200;
    await redeem();
    await send(world).finally(() => {
      timeoutMs = 60_000;
    });

    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED PENDING 1 307 REDIRECTED',
      'REDEMPTION_PLACED PENDING 1 null NOT_IN_TIME',
    ]);
    expect(elsewhere.got).toEqual([]);
    await elsewhere.stop();
  });

  test('are switched off after three days of failure, say so, and go on when enabled and replayed', async () => {
    const { webhookId } = await register({ kinds: ['REDEMPTION_PLACED'] });
    const since = world.clock.now().toISOString();
    receiver.answer = status(503);
    await redeem();
    for (let step = 0; step < 7; step += 1) {
      await send(world);
      expect(await webhooksOf(world, merchantId)).toMatchObject([
        { state: step < 6 ? 'ACTIVE' : 'DISABLED' },
      ]);
      world.clock.advanceDays(0.6);
    }
    const tried = receiver.got.length;
    const chinese = await webhooksOf(world, merchantId, { locale: 'zh-CN' });
    expect(chinese[0].notice).toContain('已自动停用');
    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED GIVEN_UP 7 503 BAD_STATUS',
    ]);
    receiver.answer = status(200);
    await redeem();
    await send(world);
    expect(receiver.got).toHaveLength(tried);
    const replay = { merchantId, webhookId, since, idempotencyKey: freshKey() };
    expect(
      await change(world, 'replayWebhook', { ...replay, idempotencyKey: freshKey() }),
    ).toMatchObject({
      code: 'WEBHOOK_NOT_ACTIVE',
    });

    await change(world, 'enableWebhook', { merchantId, webhookId });
    await send(world);
    expect(receiver.got).toHaveLength(tried + 1);
    expect(await change(world, 'replayWebhook', replay)).toMatchObject({ deliveries: 2 });
    await send(world);
    expect(await change(world, 'replayWebhook', replay)).toMatchObject({ deliveries: 2 });
    await send(world);

    const [given, fresh] = [receiver.ids[0], receiver.ids[tried]];
    expect(receiver.ids.slice(tried)).toEqual([fresh, given, fresh]);
    await change(world, 'replayWebhook', { merchantId, webhookId, deliveryId: given });
    await send(world);
    expect(receiver.ids.slice(tried + 3)).toEqual([given]);
  });

  test('a receiver that answers 410 is told nothing more', async () => {
    const { webhookId } = await register({ kinds: ['REDEMPTION_PLACED'] });
    receiver.answer = status(410);
    await redeem();
    await redeem();
    await send(world);

    expect(receiver.got).toHaveLength(1);
    const [{ state, notice }] = await webhooksOf(world, merchantId);
    expect({ state, notice }).toEqual({
      state: 'DISABLED',
      notice: expect.stringContaining('410'),
    });
    await change(world, 'removeWebhook', { merchantId, webhookId });
    expect(await webhooksOf(world, merchantId)).toEqual([]);
    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED GIVEN_UP 1 410 BAD_STATUS',
      'REDEMPTION_PLACED GIVEN_UP 0 null null',
    ]);
  });

  test('a new secret signs beside the old one for as long as was asked', async () => {
    const { webhookId, secret: old } = await register({ kinds: ['REDEMPTION_PLACED'] });
    const rotated = await change(world, 'rotateWebhookSecret', {
      merchantId,
      webhookId,
      overlapHours: 2,
    });
    const sent = async () => {
      receiver.got.length = 0;
      await redeem();
      await send(world);
      return receiver.got[0] ?? expect.fail();
    };
    const both = await sent();
    for (const secret of [old, rotated.secret]) verified(both, secret, world.clock.now());
    world.clock.advanceDays(2 * HOUR);
    const one = await sent();

    verified(one, rotated.secret, world.clock.now());
    expect(() => verified(one, old, world.clock.now())).toThrow('No matching signature');
    const { secret: last } = await change(world, 'rotateWebhookSecret', {
      merchantId,
      webhookId,
      overlapHours: 0,
    });
    const alone = await sent();
    verified(alone, last, world.clock.now());
    expect(() => verified(alone, rotated.secret, world.clock.now())).toThrow(
      'No matching signature',
    );
  });

  test('a secret is shown to its key for an hour, and is nowhere to be read', async () => {
    const input = { merchantId, url: receiver.url, kinds: ALL, idempotencyKey: freshKey() };
    const { secret } = await change(world, 'registerWebhook', input);
    expect((await change(world, 'registerWebhook', input)).secret).toBe(secret);
    const { name, entities, migrations } = createRewardsCatalog();
    const address = addressUnder(world.databaseUrl, name);
    const database = await Database.open({ address, entities, migrations });
    const kept = await Promise.all(
      ['frame_command', 'frame_feed_event', 'rewards_webhook'].map((table) =>
        database.reader.query(`SELECT * FROM ${table}`),
      ),
    );
    await database.close();
    expect(JSON.stringify(kept)).toContain(receiver.url);
    expect(JSON.stringify(kept)).not.toContain(secret.slice('whsec_'.length));

    world.clock.advanceDays(1.1 * HOUR);
    expect((await change(world, 'registerWebhook', input)).secret).toBeNull();
  });

  test('what was sent by a process that died before it noted so is sent again, with the same id', async () => {
    const { webhookId } = await register({ kinds: ['REDEMPTION_PLACED'] });
    await redeem();
    const dying = await openAlliance(engine, { definitions, databaseUrl: world.databaseUrl });
    dying.clock.set(world.clock.now().toISOString());
    receiver.answer = async (_, response) => {
      await dying.embedded.close();
      response.writeHead(204).end();
    };
    await expect(send(dying)).rejects.toThrow();
    receiver.answer = status(204);
    await send(world);
    expect(receiver.got).toHaveLength(1);
    world.clock.advanceDays(HOUR);
    // Two at once send it no more often than one.
    await Promise.all([send(world), send(world)]);

    expect(receiver.ids).toEqual([receiver.ids[0], receiver.ids[0]]);
    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED DELIVERED 1 204 null',
    ]);
  });

  test('are for owners of the merchant and the operator', async () => {
    const { webhookId } = await register();
    const other = asMerchant(await world.merchant());
    const subject = 'merchant:owner';
    for (const as of [other, asMember(memberId), regulator]) {
      expect(await change(world, 'removeWebhook', { merchantId, webhookId }, { as })).toMatchObject(
        {
          fault: 'FORBIDDEN',
        },
      );
    }
    expect(await webhooksOf(world, merchantId, { as: other })).toEqual([]);
    await world.data(
      'mutation ($input: AddStaffInput!) { addStaff(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), merchantId, subject, role: 'OWNER' } },
    );

    expect(await change(world, 'removeWebhook', { merchantId, webhookId })).toMatchObject({
      fault: 'FORBIDDEN',
      message: expect.stringContaining('owners'),
    });
    const seen = await world.ask(
      '{ webhooks(first: 1) { nodes { id } } }',
      {},
      { as: asMerchant(merchantId) },
    );
    expect(seen.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const owner = { as: { ...asMerchant(merchantId), subject } };
    expect(await webhooksOf(world, merchantId, owner)).toMatchObject([{ id: webhookId }]);
    expect(await change(world, 'removeWebhook', { merchantId, webhookId }, owner)).toMatchObject({
      webhookId,
    });
  });

  test('what cannot be used is refused with a reason', async () => {
    const asked = { merchantId, url: receiver.url, kinds: ALL };
    const refusals: [Parameters<typeof change>[1], Record<string, unknown>, string][] = [
      ['registerWebhook', { ...asked, url: 'http://example.com/' }, 'WEBHOOK_URL_NOT_USABLE'],
      ['registerWebhook', { ...asked, kinds: [] }, 'WEBHOOK_KINDS_NOT_USABLE'],
      ['registerWebhook', { ...asked, merchantId: 'nobody' }, 'MERCHANT_NOT_FOUND'],
      ['rotateWebhookSecret', { webhookId: 'none', overlapHours: 169 }, 'OVERLAP_NOT_USABLE'],
      ['rotateWebhookSecret', { webhookId: 'none' }, 'WEBHOOK_NOT_FOUND'],
      ['enableWebhook', { webhookId: 'none' }, 'WEBHOOK_NOT_FOUND'],
      ['replayWebhook', { webhookId: 'none' }, 'REPLAY_WHAT'],
    ];
    for (const [name, input, code] of refusals) {
      const answer = await change(world, name, { merchantId, ...input }, { as: operator });
      expect(answer, name).toMatchObject({ code });
      expect(answer.message).not.toBe(code);
    }
    const { webhookId } = await register();
    const unknown = { merchantId, webhookId, deliveryId: 'none' };
    expect(await change(world, 'replayWebhook', unknown)).toMatchObject({
      code: 'DELIVERY_NOT_FOUND',
    });
    for (let count = 1; count < 5; count += 1) await register();
    expect(await change(world, 'registerWebhook', asked)).toMatchObject({
      code: 'TOO_MANY_WEBHOOKS',
    });
  });

  const scene = () => ({ engine, world, receiver, merchantId, register, redeem });
  triesOfWebhooks(scene);
  logOfWebhooks(scene);
});
