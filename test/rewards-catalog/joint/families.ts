import { serviceCaller } from '../../../shared/graphql/caller.ts';
import { asMember, freshKey, type World } from '../../support/world.ts';

/** Asks for a mutation as a member. `wanted` is what is told beside the type and the words of a refusal. */
export async function act(
  world: World,
  field: string,
  memberId: string,
  input: Readonly<Record<string, unknown>>,
  wanted = '',
) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const data = await world.data(
    `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${wanted}
      ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), memberId, ...input } },
    { as: asMember(memberId) },
  );
  return data[field];
}

/** A family, whose first member made it. */
export async function familyOf(world: World, [first = '', ...others]: readonly string[]) {
  const wanted = '... on FamilyCreated { family { id } }';
  const { family } = await act(world, 'createFamily', first, { name: 'Lin' }, wanted);
  for (const other of others) {
    const sent = '... on FamilyInvitationSent { invitation { id } }';
    const { invitation } = await act(world, 'inviteToFamily', first, { inviteeId: other }, sent);
    await act(world, 'acceptFamilyInvitation', other, { invitationId: invitation.id });
  }
  await world.settle();
  return String(family.id);
}

/** Lets the points of a merchant go into pools of families. */
export const letPool = (world: World, issuerId: string) =>
  world.data(
    `mutation ($input: SetPointsProgrammeInput!) { setPointsProgramme(input: $input) {
      __typename } }`,
    {
      input: { idempotencyKey: freshKey(), issuerId, unit: 'ALLIANCE', transfer: 'FAMILY' },
    },
  );

/** What is in the pool of a family, and what of it each has spent. */
export async function poolOf(world: World, memberId: string) {
  const { me } = await world.data(
    `{ me { family { wallet { available held shares { member { id } spent left } } } } }`,
    {},
    { as: asMember(memberId) },
  );
  return me.family.wallet;
}

/** Gives a member points that are good for one reward only, as the grant of a merchant. */
export async function grantFor(
  world: World,
  grant: Readonly<{ memberId: string; issuerId: string; rewardId: string; points: number }>,
): Promise<void> {
  const { memberId, issuerId, rewardId, points } = grant;
  const command = {
    ...{ key: freshKey(), kind: 'ACCRUE', walletId: memberId, unit: 'ALLIANCE', points, issuerId },
    ...{ priceMinor: 80, pricePoints: 100, priceCurrency: 'CNY', expiresOn: '2027-11-22' },
    ...{ useScope: `reward:${rewardId}`, causeKind: 'BIRTHDAY', causeId: freshKey() },
  };
  const answer = await world.embedded.transport('points-ledger', {
    query: `mutation ($commands: [PointsCommandInput!]!) { postPoints(commands: $commands) {
      status code } }`,
    variables: { commands: [command] },
    call: {
      caller: serviceCaller('merchants'),
      locale: 'en',
      requestId: 'grant',
      deadline: null,
    },
  });
  if (!JSON.stringify(answer).includes('ACCEPTED')) throw new Error(JSON.stringify(answer));
}
