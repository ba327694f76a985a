import { asMember, freshKey, freshPhone, type World } from '../../support/world.ts';
import { deed } from '../standing.ts';
import { openRule } from './granting.ts';

type Given = Readonly<Record<string, unknown>>;

/** The terms of a rule that gives 200 points to who invites, and 100 to who comes. */
export const REFERRAL = {
  trigger: 'REFERRAL',
  award: { points: 200 },
  referral: { levels: 1, inviteePoints: 100, steps: [] },
  caps: { perMember: 10_000, budget: 100_000 },
  vesting: { event: 'FIRST_ORDER_SETTLED' },
};

export const openReferral = (world: World, terms: Given = {}) =>
  openRule(world, { ...REFERRAL, ...terms });

/** What a member sends to somebody whom she invites. */
export async function invitationOf(world: World, memberId: string): Promise<string> {
  const { me } = await world.data('{ me { invitationCode } }', {}, { as: asMember(memberId) });
  return me.invitationCode;
}

/** What `registerMember` answers, by default with a phone and a device that nobody has. */
export const register = (world: World, input: Given, locale: 'en' | 'zh-CN' = 'en') =>
  deed(
    world,
    'registerMember',
    '... on MemberRegistered { member { id } } ... on InvalidInput { field }',
    {
      displayName: 'Bea',
      phone: freshPhone(),
      deviceId: freshKey(),
      policyVersion: '2026-01',
      ...input,
    },
    { locale },
  );

/** A new member whom another one invited. */
export async function invited(world: World, inviterId: string): Promise<string> {
  const { member } = await register(world, {
    invitationCode: await invitationOf(world, inviterId),
  });
  return member.id;
}

/** Eight days later, when a first order of today can no longer be returned without a reason. */
export async function settled(world: World): Promise<void> {
  world.clock.advanceDays(8);
  await world.settle();
}

/** What came of a member's invitations, as she sees it. */
export async function invitationsOf(world: World, memberId: string) {
  const { me } = await world.data(
    '{ me { invitations { registered settled rewarded } } }',
    {},
    { as: asMember(memberId) },
  );
  return me.invitations;
}

/** What somebody was granted for inviting or coming, as she sees it. */
export async function rewardsOf(world: World, memberId: string) {
  const { grants } = await world.data(
    `{ grants(first: 20, filter: { causeKind: { eq: REFERRAL } }, orderBy: [{ field: points }]) {
      nodes { points isPosted takenBackAt reasons { code message } rule { ruleVersion } } } }`,
    {},
    { as: asMember(memberId) },
  );
  return grants.nodes;
}
