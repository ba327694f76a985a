import { expect, test } from 'vitest';
import { LOG_DAYS } from '../../../subgraphs/rewards-catalog/webhooks/domain/patience.ts';
import { asMerchant, openAlliance, type World } from '../../support/world.ts';
import { change, log, send } from './asking.ts';
import { type Receiver, status } from './receiver.ts';

type Scene = Readonly<{
  engine: Parameters<typeof openAlliance>[0];
  world: World;
  receiver: Receiver;
  merchantId: string;
  register: (more: Record<string, unknown>) => Promise<Readonly<{ webhookId: string }>>;
  redeem: () => Promise<string>;
}>;

const SECOND_MS = 1000;

/** When and by whom deliveries are tried, in a world that others use as well. */
export function triesOfWebhooks(scene: () => Scene): void {
  test('what failed together is tried again a tenth of the rest later at most, and not all at once', async () => {
    const { world, receiver, merchantId, register, redeem } = scene();
    const { webhookId } = await register({ kinds: ['REDEMPTION_PLACED'] });
    receiver.answer = status(500);
    for (let count = 0; count < 6; count += 1) await redeem();
    await send(world);

    const { webhookDeliveries } = await world.data(
      `query ($id: ID!) { webhookDeliveries(filter: { webhookId: { eq: $id } }, first: 10) {
        nodes { nextAttemptAt } } }`,
      { id: webhookId },
      { as: asMerchant(merchantId) },
    );
    const rests = webhookDeliveries.nodes.map(
      ({ nextAttemptAt }: { nextAttemptAt: string }) =>
        Date.parse(nextAttemptAt) - world.clock.now().getTime(),
    );
    expect(rests).toHaveLength(6);
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(5 * SECOND_MS);
    expect(Math.max(...rests)).toBeLessThan(5.5 * SECOND_MS);
    expect(new Set(rests).size).toBeGreaterThan(1);
  });

  test('two processes send each delivery once, in order', async () => {
    const { engine, world, receiver, merchantId, register, redeem } = scene();
    const { webhookId } = await register({ kinds: ['REDEMPTION_COMPLETED'] });
    const { databaseUrl } = world;
    await using other = await openAlliance(engine, {
      at: world.clock.now().toISOString(),
      databaseUrl,
    });
    const made = [await redeem(), await redeem(), await redeem()];
    let isWorking = false;
    receiver.answer = async (_, response) => {
      if (!isWorking) {
        isWorking = true;
        // The first has one under way, and nobody else takes what it has to itself.
        await send(other);
      }
      response.writeHead(204).end();
    };
    await send(world);
    await send(other);

    expect(isWorking).toBe(true);
    expect(receiver.got.map(({ body }) => body.data.redemptionId)).toEqual(made);
    expect(await log(world, merchantId, webhookId)).toEqual(
      made.map(() => 'REDEMPTION_COMPLETED DELIVERED 1 204 null'),
    );
  });
}

/** How the log of webhooks ages, in a world that others use as well: the clock goes on from where it is. */
export function logOfWebhooks(scene: () => Scene): void {
  test('deliveries are forgotten 90 days after they happened or were last replayed, and those kept are replayed', async () => {
    const { world, receiver, merchantId, register, redeem } = scene();
    const { webhookId } = await register({ kinds: ['REDEMPTION_PLACED'] });
    const since = world.clock.now().toISOString();
    await redeem();
    await redeem();
    await send(world);
    const [kept, old] = receiver.ids;
    const replay = (what: object) =>
      change(world, 'replayWebhook', { merchantId, webhookId, ...what });
    world.clock.advanceDays(60);
    expect(await replay({ deliveryId: kept })).toMatchObject({ deliveries: 1 });
    await send(world);
    world.clock.advanceDays(29.9);
    await send(world);
    expect(await log(world, merchantId, webhookId)).toHaveLength(2);

    world.clock.advanceDays(0.1);
    await send(world);

    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED DELIVERED 1 204 null',
    ]);
    expect(await replay({ deliveryId: old })).toMatchObject({ code: 'DELIVERY_NOT_FOUND' });
    receiver.reset();
    expect(await replay({ since })).toMatchObject({ deliveries: 1 });
    await send(world);
    expect(receiver.ids).toEqual([kept]);
  });

  test('what waits for a webhook that is switched off is forgotten as well', async () => {
    const { world, receiver, merchantId, register, redeem } = scene();
    const { webhookId } = await register({ kinds: ['REDEMPTION_PLACED'] });
    receiver.answer = status(410);
    await redeem();
    await redeem();
    await send(world);
    expect(await log(world, merchantId, webhookId)).toEqual([
      'REDEMPTION_PLACED PENDING 1 410 BAD_STATUS',
      'REDEMPTION_PLACED PENDING 0 null null',
    ]);
    world.clock.advanceDays(LOG_DAYS);
    await send(world);

    expect(await log(world, merchantId, webhookId)).toEqual([]);
  });
}
