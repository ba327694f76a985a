import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, freshKey, openAlliance, type World } from '../support/world.ts';

const POOL = `family { id members { displayName } wallet { available
  shares { member { displayName } contributed withdrawn left } lots { points contributor { id } } } }`;

async function act(world: World, field: string, input: object, memberId: string, more = '') {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const data = await world.data(
    `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${more}
      ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), memberId, ...input } },
    { as: asMember(memberId) },
  );
  return data[field];
}

describe.each(engines)('on $name', (engine) => {
  test('S35: a family that is made in members pools its points in the ledger, and who leaves gets hers back', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ name: 'Alpha' });
    const [ann, bob, eve] = [
      await world.member('Ann'),
      await world.member('Bob'),
      await world.member('Eve'),
    ];
    for (const memberId of [ann, bob]) {
      await world.purchase({ merchantId: shop, memberId, amountMinor: 10_000 });
    }
    await world.data(
      `mutation ($input: SetPointsProgrammeInput!) { setPointsProgramme(input: $input) { __typename } }`,
      {
        input: {
          ...{ idempotencyKey: freshKey(), issuerId: shop, unit: 'ALLIANCE', transfer: 'FAMILY' },
        },
      },
    );
    const made = await act(
      world,
      'createFamily',
      { name: 'The Lins' },
      ann,
      '... on FamilyCreated { family { id } }',
    );
    const familyId = made.family.id;
    const { invitation } = await act(
      world,
      'inviteToFamily',
      { inviteeId: bob },
      ann,
      '... on FamilyInvitationSent { invitation { id } }',
    );
    await act(world, 'acceptFamilyInvitation', { invitationId: invitation.id }, bob);
    await world.settle();

    const pooled = `... on PointsContributed { points ${POOL} }`;
    await act(world, 'contributeToFamilyPool', { familyId, points: 60 }, ann);
    const { family } = await act(
      world,
      'contributeToFamilyPool',
      { familyId, points: 40 },
      bob,
      pooled,
    );
    expect(family).toEqual({
      id: familyId,
      members: [{ displayName: 'Ann' }, { displayName: 'Bob' }],
      wallet: {
        available: 100,
        shares: expect.arrayContaining([
          { member: { displayName: 'Ann' }, contributed: 60, withdrawn: 0, left: 60 },
          { member: { displayName: 'Bob' }, contributed: 40, withdrawn: 0, left: 40 },
        ]),
        lots: expect.arrayContaining([
          { points: 60, contributor: { id: ann } },
          { points: 40, contributor: { id: bob } },
        ]),
      },
    });
    expect(await act(world, 'contributeToFamilyPool', { familyId, points: 1 }, eve)).toMatchObject({
      __typename: 'NotOfThisFamily',
    });

    await act(world, 'leaveFamily', {}, bob);
    await world.settle();
    const wallets = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { available } } }',
      {
        id: bob,
      },
    );
    expect(wallets.member.wallet.available).toBe(100);
    const left = await world.data(
      '{ me { family { wallet { available } } } }',
      {},
      { as: asMember(ann) },
    );
    expect(left.me.family.wallet.available).toBe(60);
  });
});
