import { members } from '../../subgraphs/members/subgraph.ts';
import { type Alone, type AloneOptions, openAlone } from '../support/alone.ts';
import type { Engine } from '../support/engines.ts';
import { freshKey, freshPhone } from '../support/people.ts';

/** The members subgraph alone, on one engine. */
export const openMembers = (engine: Engine, options: AloneOptions = {}): Promise<Alone> =>
  openAlone(engine, members, options);

/** A new member's id. */
export async function newMember(alone: Alone, displayName = 'Ann'): Promise<string> {
  const { registerMember } = await alone.data(
    `mutation ($input: RegisterMemberInput!) { registerMember(input: $input) {
      ... on MemberRegistered { member { id } } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        displayName,
        phone: freshPhone(),
        policyVersion: '2026-01',
      },
    },
  );
  return registerMember.member.id;
}
