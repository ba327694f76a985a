import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { serviceCaller } from '../../shared/graphql/caller.ts';
import { members } from '../../subgraphs/members/subgraph.ts';
import type { Alone, Asked } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { asMember, freshKey } from '../support/people.ts';
import { newMember, openMembers } from './members-world.ts';

const CONSENTS = '{ purpose policyVersion grantedAt withdrawnAt }';

async function change(
  alone: Alone,
  verb: 'grantConsent' | 'withdrawConsent',
  input: Record<string, unknown>,
  asked: Asked = {},
) {
  const data = await alone.data(
    `mutation ($input: ConsentInput!) { ${verb}(input: $input) {
      __typename
      ... on ${verb === 'grantConsent' ? 'ConsentGranted' : 'ConsentWithdrawn'} {
        member { consents ${CONSENTS} } }
      ... on Refusal { code } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        purpose: 'MARKETING',
        policyVersion: '2026-01',
        ...input,
      },
    },
    asked,
  );
  return data[verb];
}

describe.each(engines)('consents on $name', (engine) => {
  test('R17: registering is no consent to anything else', async () => {
    await using alone = await openMembers(engine);
    const id = await newMember(alone);

    const { me } = await alone.data(`{ me { consents ${CONSENTS} } }`, {}, { as: asMember(id) });

    expect(me.consents).toEqual([]);
  });

  test('R17: a consent is granted, withdrawn and granted again, and all of it is kept', async () => {
    await using alone = await openMembers(engine);
    const memberId = await newMember(alone);

    await change(alone, 'grantConsent', { memberId });
    alone.clock.advanceDays(1);
    await change(alone, 'withdrawConsent', { memberId });
    alone.clock.advanceDays(1);
    const { member } = await change(alone, 'grantConsent', { memberId, policyVersion: '2026-02' });

    expect(member.consents).toEqual([
      {
        purpose: 'MARKETING',
        policyVersion: '2026-02',
        grantedAt: '2026-11-24T02:00:00.000Z',
        withdrawnAt: null,
      },
      {
        purpose: 'MARKETING',
        policyVersion: '2026-01',
        grantedAt: '2026-11-22T02:00:00.000Z',
        withdrawnAt: '2026-11-23T02:00:00.000Z',
      },
    ]);
  });

  test('a consent that stands is not granted twice', async () => {
    await using alone = await openMembers(engine);
    const memberId = await newMember(alone);

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => change(alone, 'grantConsent', { memberId })),
    );

    expect(answers.map(({ member }) => member.consents.length)).toEqual([1, 1, 1, 1, 1]);
  });

  test('withdrawing ends the purpose under every version, and no other purpose', async () => {
    await using alone = await openMembers(engine);
    const memberId = await newMember(alone);
    await change(alone, 'grantConsent', { memberId });
    await change(alone, 'grantConsent', { memberId, policyVersion: '2026-02' });
    await change(alone, 'grantConsent', { memberId, purpose: 'SHARING' });

    const { member } = await change(alone, 'withdrawConsent', { memberId });

    const standing = member.consents.filter(
      ({ withdrawnAt }: { withdrawnAt: string | null }) => withdrawnAt === null,
    );
    expect(standing).toMatchObject([{ purpose: 'SHARING' }]);
  });

  test('a consent that does not stand cannot be withdrawn', async () => {
    await using alone = await openMembers(engine);
    const memberId = await newMember(alone);

    const refusal = await change(alone, 'withdrawConsent', { memberId });

    expect(refusal).toEqual({ __typename: 'NotFound', code: 'CONSENT_NOT_FOUND' });
  });

  test('an unknown member is not found by the operator and forbidden to a member', async () => {
    await using alone = await openMembers(engine);
    const ann = await newMember(alone);
    const bea = await newMember(alone, 'Bea');

    expect(await change(alone, 'grantConsent', { memberId: 'nobody' })).toEqual({
      __typename: 'NotFound',
      code: 'MEMBER_NOT_FOUND',
    });
    for (const memberId of [bea, 'nobody']) {
      for (const verb of ['grantConsent', 'withdrawConsent'] as const) {
        await expect(change(alone, verb, { memberId }, { as: asMember(ann) })).rejects.toThrow(
          'FORBIDDEN',
        );
      }
    }
  });

  test('the feed tells of each change, and first of consents from before there was one', async () => {
    const databaseUrl = engine.freshUrl();
    try {
      const memberId = await membersBeforeTheFeed(databaseUrl);
      await using alone = await openMembers(engine, { databaseUrl });
      await change(alone, 'grantConsent', { memberId });
      await change(alone, 'grantConsent', { memberId, policyVersion: '2026-02' });
      await change(alone, 'withdrawConsent', { memberId, purpose: 'PROFILING' });

      const { membersFeed } = await alone.data(
        '{ membersFeed(after: 0, first: 10) { position kind payload } }',
        {},
        { as: serviceCaller('test') },
      );

      const told = (position: number, kind: string, purpose: string) => ({
        position,
        kind,
        payload: expect.toSatisfy((text: string) =>
          isDeepStrictEqual(JSON.parse(text), { memberId, purpose }),
        ),
      });
      expect(membersFeed).toEqual([
        told(1, 'consent.granted', 'PROFILING'),
        told(2, 'consent.granted', 'MARKETING'),
        told(3, 'consent.granted', 'MARKETING'),
        told(4, 'consent.withdrawn', 'PROFILING'),
      ]);
    } finally {
      await engine.remove(databaseUrl);
    }
  });
});

/** A member with a consent that stands and one that ended, as the release before the feed told of them left her. */
async function membersBeforeTheFeed(databaseUrl: string): Promise<string> {
  const database = await Database.open({
    address: addressUnder(databaseUrl, 'members'),
    entities: members.entities,
    migrations: members.migrations.filter(
      (Migration) => !/TellConsents/.test(new Migration().name ?? ''),
    ),
  });
  await database.transaction(async (manager) => {
    await manager.query(
      "INSERT INTO members_member (id, status, locale, joined_ms) VALUES ('ann', 'ACTIVE', 'en', 1)",
    );
    await manager.query(
      `INSERT INTO members_consent (id, member_id, purpose, policy_version, granted_ms, withdrawn_ms)
       VALUES ('1', 'ann', 'PROFILING', '1', 5, NULL), ('2', 'ann', 'PROFILING', '2', 6, NULL),
         ('3', 'ann', 'MARKETING', '1', 7, 8)`,
    );
  });
  await database.close();
  return 'ann';
}
