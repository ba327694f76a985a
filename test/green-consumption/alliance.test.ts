import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, freshKey } from '../support/people.ts';
import { openAlliance, type World } from '../support/world.ts';

const register = (world: World, input: Record<string, unknown>) =>
  world.data(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      ... on GreenCertificateRegistered { certificate { id } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        label: 'LOW_CARBON',
        body: 'A body',
        validFrom: '2026-01-01',
        validUntil: '2026-12-31',
        behaviour: 'EV_KWH',
        activityMilli: 20_000,
        ...input,
      },
    },
  );

describe.each(engines)('green consumption in the alliance on $name', (engine) => {
  test('S50: a purchase, its return and a redemption show and keep what they save', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const rewardId = await world.reward({ merchantId });
    await register(world, { number: 'CERT-1', merchantId, skus: ['EV-20'], rewardIds: [rewardId] });
    const lines = [
      { sku: 'EV-20', quantity: 2, amountMinor: 8_000, certificateNumber: 'CERT-1' },
      { sku: 'SHOES', quantity: 1, amountMinor: 32_000 },
    ];
    const purchaseId = await world.purchase({ merchantId, memberId, lines });
    const seen = async () =>
      await world.data(
        `query ($purchaseId: ID!) {
          purchase(id: $purchaseId) { green { carbonGrams lines { isCertified reason } } }
          me { carbonGrams qualifyingPoints tier { code } } }`,
        { purchaseId },
        { as: asMember(memberId) },
      );

    await world.settle();
    const bought = await seen();
    const redeemed = await world.data(
      `mutation ($input: RedeemInput!) { redeem(input: $input) { ... on RewardRedeemed {
        redemption { id carbonGrams reward { green { label } } member { displayName } } } } }`,
      { input: { idempotencyKey: freshKey(), memberId, rewardId, quantity: 3 } },
      { as: asMember(memberId) },
    );
    await world.data(
      `mutation ($input: ReturnPurchaseInput!) { returnPurchase(input: $input) {
        ... on PurchaseReturned { reversedPoints } ... on Refusal { code } } }`,
      { input: { idempotencyKey: freshKey(), purchaseId, lines: [{ number: 1, quantity: 1 }] } },
    );
    await world.settle();
    const returned = await seen();

    expect(bought).toEqual({
      purchase: {
        green: {
          carbonGrams: 13_440,
          lines: [
            { isCertified: true, reason: null },
            { isCertified: false, reason: 'NO_CERTIFICATE' },
          ],
        },
      },
      me: { carbonGrams: 13_440, qualifyingPoints: 400, tier: { code: 'STANDARD' } },
    });
    expect(redeemed.redeem.redemption).toEqual({
      id: expect.any(String),
      carbonGrams: 20_160,
      reward: { green: { label: 'LOW_CARBON' } },
      member: { displayName: 'Ann' },
    });
    expect(returned.purchase.green.carbonGrams).toBe(6_720);
    expect(returned.me).toMatchObject({ carbonGrams: 6_720 + 20_160, qualifyingPoints: 360 });

    const { id } = redeemed.redeem.redemption;
    const undo = (verb: string, given: object) => {
      const type = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Input`;
      const input = { idempotencyKey: freshKey(), ...given };
      return world.data(`mutation ($input: ${type}!) { ${verb}(input: $input) { __typename } }`, {
        input,
      });
    };
    const gramsOf = async (redemptionId: string) => {
      await world.settle();
      const { redemption } = await world.data(
        'query ($id: ID!) { redemption(id: $id) { carbonGrams } }',
        { id: redemptionId },
      );
      return [redemption.carbonGrams, (await seen()).me.carbonGrams - 6_720];
    };
    await undo('returnRedemption', { redemptionId: id, quantity: 2, grounds: 'VOLUNTARY' });
    expect(await gramsOf(id)).toEqual([6_720, 6_720]);
    const again = await world.redeem({ memberId, rewardId });
    expect(await gramsOf(again.redemption.id)).toEqual([6_720, 13_440]);
    // A certificate that is registered later says nothing of what was redeemed before.
    for (const [behaviour, activityMilli] of [
      ['EV_KWH', 1_000],
      ['GREEN_KWH', 20_000],
    ] as const) {
      await world.data(
        'mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) { __typename } }',
        {
          input: {
            ...{ idempotencyKey: freshKey(), number: freshKey(), label: 'ENERGY', body: 'B' },
            ...{ merchantId, rewardIds: [rewardId], behaviour, activityMilli },
            ...{ validFrom: '2026-01-01', validUntil: '2026-12-31' },
          },
        },
      );
      expect(await gramsOf(again.redemption.id)).toEqual([6_720, 13_440]);
    }
    await undo('cancelRedemption', { redemptionId: again.redemption.id });
    expect(await gramsOf(again.redemption.id)).toEqual([0, 6_720]);
    await world.data(
      'mutation ($input: RevokeGreenCertificateInput!) { revokeGreenCertificate(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), number: 'CERT-1', reason: 'Withdrawn.' } },
    );
    expect(await gramsOf(id)).toEqual([0, -6_720]);
  });

  test('a family sees of each what she did since she joined, and of nobody who left', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const [first, joiner] = [await world.member(), await world.member('Bea')];
    const change = async (verb: string, given: object, fields: string) => {
      const type = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}Input`;
      const input = { idempotencyKey: freshKey(), ...given };
      const QUERY = `mutation ($input: ${type}!) { ${verb}(input: $input) { __typename ${fields} } }`;
      return (await world.data(QUERY, { input }))[verb];
    };
    // Each order without cutlery saves 38 g.
    const order = async (memberId: string) => {
      const lines = [{ sku: 'X', quantity: 1, amountMinor: 100, behaviour: 'NO_CUTLERY' }];
      await world.purchase({ merchantId, memberId, lines });
      await world.settle();
      world.clock.set(new Date(world.clock.now().getTime() + 60_000).toISOString());
    };
    const ofFamily = async () => {
      const { me } = await world.data(
        `{ me { family { greenReport(from: "2026-11-01", until: "2026-11-22") {
          carbonGrams entries behaviours { grams } } } } }`,
        {},
        { as: asMember(first) },
      );
      return me.family.greenReport.carbonGrams;
    };
    await change('createFamily', { memberId: first, name: 'Ours' }, '');
    await order(first);
    await order(joiner);
    const sent = { memberId: first, inviteeId: joiner };
    const { invitation } = await change(
      'inviteToFamily',
      sent,
      '... on FamilyInvitationSent { invitation { id } }',
    );
    const accepted = { memberId: joiner, invitationId: invitation.id };
    expect((await change('acceptFamilyInvitation', accepted, '')).__typename).toBe('FamilyJoined');

    expect(await ofFamily()).toBe(38);
    await order(joiner);
    expect(await ofFamily()).toBe(76);
    expect((await change('leaveFamily', { memberId: joiner }, '')).__typename).toBe('FamilyLeft');
    expect(await ofFamily()).toBe(38);
  });
});
