import { describe, expect, test } from 'vitest';
import type { Alone, Asked } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, freshKey, operator } from '../support/people.ts';
import { newMember, openMembers } from './members-world.ts';

const FAMILY = '{ id name members { id displayName phoneEnding } }';

const SUCCESS = {
  createFamily: `FamilyCreated { family ${FAMILY} }`,
  inviteToFamily: 'FamilyInvitationSent { invitation { id expiresAt family { id } } }',
  acceptFamilyInvitation: `FamilyJoined { family ${FAMILY} }`,
  leaveFamily: 'FamilyLeft { member { id family { id } } }',
};

async function act(alone: Alone, verb: keyof typeof SUCCESS, input: object, asked: Asked = {}) {
  const type = `${verb[0]?.toUpperCase()}${verb.slice(1)}Input`;
  const data = await alone.data(
    `mutation ($input: ${type}!) { ${verb}(input: $input) {
      __typename ... on ${SUCCESS[verb]} ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    asked,
  );
  return data[verb];
}

const create = async (alone: Alone, memberId: string): Promise<string> =>
  (await act(alone, 'createFamily', { memberId, name: 'The Lins' })).family.id;

const invite = async (alone: Alone, memberId: string, inviteeId: string): Promise<string> =>
  (await act(alone, 'inviteToFamily', { memberId, inviteeId })).invitation.id;

const accept = (alone: Alone, memberId: string, invitationId: string, asked: Asked = {}) =>
  act(alone, 'acceptFamilyInvitation', { memberId, invitationId }, asked);

async function join(alone: Alone, headId: string, displayName: string): Promise<string> {
  const memberId = await newMember(alone, displayName);
  await accept(alone, memberId, await invite(alone, headId, memberId));
  return memberId;
}

describe.each(engines)('families on $name', (engine) => {
  test('S35: a member invites another, who accepts and then belongs to the family', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone, 'Ann');
    const bea = await newMember(alone, 'Bea');
    const familyId = await create(alone, ann);

    const invitation = await invite(alone, ann, bea);
    const { family } = await accept(alone, bea, invitation, { as: asMember(bea) });

    expect(family).toMatchObject({ id: familyId, name: 'The Lins' });
    // Her family knows her by name, and nothing else of her.
    expect(family.members).toMatchObject([
      { id: ann, displayName: 'Ann', phoneEnding: null },
      { id: bea, displayName: 'Bea', phoneEnding: expect.stringMatching(/^\d{4}$/) },
    ]);
  });

  test('a family is seen by its members and those who see all', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const bea = await newMember(alone);
    const id = await create(alone, ann);
    const seenBy = async (as: Asked['as'] & object) =>
      (
        await alone.entities(
          '... on Family { name members { id } }',
          [{ __typename: 'Family', id }],
          {
            as,
          },
        )
      )[0];

    expect(await seenBy(asMember(ann))).toEqual({ name: 'The Lins', members: [{ id: ann }] });
    expect(await seenBy(operator)).toEqual({ name: 'The Lins', members: [{ id: ann }] });
    expect(await seenBy(asMember(bea))).toEqual({ name: null, members: null });
    expect(await seenBy(anonymous)).toEqual({ name: null, members: null });
  });

  test('a member belongs to one family at a time', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const bea = await newMember(alone);
    await create(alone, ann);
    await create(alone, bea);

    const again = await act(alone, 'createFamily', { memberId: ann, name: 'Another' });
    const both = await accept(alone, bea, await invite(alone, ann, bea));

    expect(again).toMatchObject({ __typename: 'AlreadyInFamily', code: 'ALREADY_IN_FAMILY' });
    expect(both).toMatchObject({ __typename: 'AlreadyInFamily', code: 'ALREADY_IN_FAMILY' });
  });

  test('twenty families created at once by one member are one', async () => {
    await using alone = await openMembers(engine);
    const memberId = await newMember(alone);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => act(alone, 'createFamily', { memberId, name: 'Lin' })),
    );

    expect(answers.filter(({ __typename }) => __typename === 'FamilyCreated')).toHaveLength(1);
  });

  test('an invitation is good for seven days and no longer', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const bea = await newMember(alone);
    await create(alone, ann);
    const invitation = await invite(alone, ann, bea);

    alone.clock.advanceDays(7);
    const late = await accept(alone, bea, invitation);
    const renewed = await act(alone, 'inviteToFamily', { memberId: ann, inviteeId: bea });
    alone.clock.advanceDays(6.99);
    const inTime = await accept(alone, bea, renewed.invitation.id);

    expect(late).toMatchObject({ __typename: 'NotFound', code: 'INVITATION_NOT_FOUND' });
    expect(renewed.invitation.expiresAt).toBe('2026-12-06T02:00:00.000Z');
    expect(inTime.__typename).toBe('FamilyJoined');
  });

  test('inviting again renews the open invitation', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const bea = await newMember(alone);
    await create(alone, ann);

    const first = await invite(alone, ann, bea);
    alone.clock.advanceDays(3);

    expect(await invite(alone, ann, bea)).toBe(first);
  });

  test('an invitation is accepted by the one invited, once', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const bea = await newMember(alone);
    const cai = await newMember(alone);
    await create(alone, ann);
    const invitation = await invite(alone, ann, bea);

    const stolen = await accept(alone, cai, invitation, { as: asMember(cai) });
    await accept(alone, bea, invitation);
    await act(alone, 'leaveFamily', { memberId: bea });
    const reused = await accept(alone, bea, invitation);

    expect(stolen).toMatchObject({ __typename: 'NotFound', code: 'INVITATION_NOT_FOUND' });
    expect(reused).toMatchObject({ __typename: 'NotFound', code: 'INVITATION_NOT_FOUND' });
  });

  test('a family has at most eight members, also when the last places are asked for at once', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    await create(alone, ann);
    for (const name of ['2', '3', '4', '5', '6']) await join(alone, ann, name);
    const waiting = await Promise.all(['a', 'b', 'c', 'd'].map((name) => newMember(alone, name)));
    const invitations: string[] = [];
    for (const id of waiting) invitations.push(await invite(alone, ann, id));

    const answers = await Promise.all(
      waiting.map((id, index) => accept(alone, id, String(invitations[index]))),
    );
    const refused = await act(alone, 'inviteToFamily', {
      memberId: ann,
      inviteeId: await newMember(alone),
    });

    const kinds = answers.map(({ __typename }) => __typename).toSorted();
    expect(kinds).toEqual(['FamilyFull', 'FamilyFull', 'FamilyJoined', 'FamilyJoined']);
    expect(refused).toMatchObject({
      __typename: 'FamilyFull',
      message: 'A family has at most 8 members, and this one has them.',
    });
  });

  test('the last to leave closes the family', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const familyId = await create(alone, ann);
    const bea = await join(alone, ann, 'Bea');
    const cai = await newMember(alone, 'Cai');
    const pending = await invite(alone, bea, cai);

    const left = await act(alone, 'leaveFamily', { memberId: ann });
    const again = await act(alone, 'leaveFamily', { memberId: ann });
    await act(alone, 'leaveFamily', { memberId: bea });
    const tooLate = await accept(alone, cai, pending);
    const fresh = await create(alone, ann);

    expect(left).toEqual({ __typename: 'FamilyLeft', member: { id: ann, family: null } });
    expect(again).toMatchObject({ __typename: 'NotInFamily', code: 'NOT_IN_FAMILY' });
    expect(tooLate).toMatchObject({ __typename: 'NotFound', code: 'INVITATION_NOT_FOUND' });
    expect(fresh).not.toBe(familyId);
  });

  test('who belongs to no family invites nobody, and nobody is invited twice', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const bea = await newMember(alone);

    const outside = await act(alone, 'inviteToFamily', { memberId: ann, inviteeId: bea });
    await create(alone, ann);
    const herself = await act(alone, 'inviteToFamily', { memberId: ann, inviteeId: ann });
    const nobody = await act(alone, 'inviteToFamily', { memberId: ann, inviteeId: 'nobody' });

    expect(outside).toMatchObject({ __typename: 'NotInFamily' });
    expect(herself).toMatchObject({ code: 'ALREADY_IN_THIS_FAMILY' });
    expect(nobody).toMatchObject({ __typename: 'NotFound', code: 'MEMBER_NOT_FOUND' });
  });

  test('nobody acts for another member', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const as = asMember(await newMember(alone));

    for (const [verb, input] of [
      ['createFamily', { name: 'Lin' }],
      ['inviteToFamily', { inviteeId: 'x' }],
      ['acceptFamilyInvitation', { invitationId: 'x' }],
      ['leaveFamily', {}],
    ] as const) {
      await expect(act(alone, verb, { memberId: ann, ...input }, { as })).rejects.toThrow(
        'FORBIDDEN',
      );
    }
  });
});
