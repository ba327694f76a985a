import { describe, expect, test } from 'vitest';
import { inputHash } from '../../shared/commands/idempotency.ts';
import { serviceCaller } from '../../shared/graphql/caller.ts';
import { members } from '../../subgraphs/members/subgraph.ts';
import { type Alone, type Asked, openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMember, asMerchant, freshKey, regulator } from '../support/people.ts';

const PHONE = '+8613800138000';

/** Registers, with defaults for everything that a test is not about. */
async function register(alone: Alone, input: Record<string, unknown> = {}, asked: Asked = {}) {
  const { registerMember } = await alone.data(
    `mutation ($input: RegisterMemberInput!) { registerMember(input: $input) {
      __typename
      ... on MemberRegistered { member { id displayName phoneEnding status locale } }
      ... on Refusal { code message }
      ... on InvalidInput { field } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        displayName: 'Ann',
        phone: PHONE,
        policyVersion: '2026-01',
        ...input,
      },
    },
    asked,
  );
  return registerMember;
}

describe.each(engines)('registration on $name', (engine) => {
  test('anybody registers without a purchase and is an active member', async () => {
    await using alone = await openAlone(engine, members);

    const { member } = await register(alone, {}, { as: anonymous });
    const { me } = await alone.data(
      '{ me { id displayName phoneEnding status locale joinedAt tier { code } } }',
      {},
      { as: asMember(member.id) },
    );

    expect(me).toEqual({
      id: member.id,
      displayName: 'Ann',
      phoneEnding: '8000',
      status: 'ACTIVE',
      locale: 'zh-CN',
      joinedAt: '2026-11-22T02:00:00.000Z',
      tier: { code: 'STANDARD' },
    });
  });

  test('a phone has one member, also when twenty register it at once', async () => {
    await using alone = await openAlone(engine, members);

    const answers = await Promise.all(Array.from({ length: 20 }, () => register(alone)));

    const kinds = answers.map(({ __typename }) => __typename);
    expect(kinds.filter((kind) => kind === 'MemberRegistered')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'PhoneTaken')).toHaveLength(19);
    expect(await register(alone)).toMatchObject({
      code: 'PHONE_TAKEN',
      message: 'A member with this phone exists already. Sign in instead of registering.',
    });
  });

  test('the same key registers one member', async () => {
    await using alone = await openAlone(engine, members);
    const idempotencyKey = freshKey();

    const first = await register(alone, { idempotencyKey });
    const again = await register(alone, { idempotencyKey });

    expect(again).toEqual(first);
  });

  test.each([
    // what is wrong, the refusal
    [{ phone: '13800138000' }, 'PHONE_NOT_USABLE', 'phone'],
    [{ phone: '+8613800138000000' }, 'PHONE_NOT_USABLE', 'phone'],
    [{ phone: '+0613800138000' }, 'PHONE_NOT_USABLE', 'phone'],
    [{ locale: 'fr' }, 'LOCALE_UNKNOWN', 'locale'],
    [{ displayName: '  ' }, 'TEXT_NOT_USABLE', 'displayName'],
    [{ policyVersion: '' }, 'KEY_NOT_USABLE', 'policyVersion'],
  ])('%j is refused as %s', async (input, code, field) => {
    await using alone = await openAlone(engine, members);

    const refusal = await register(alone, input);
    const { members: all } = await alone.data('{ members(first: 1) { totalCount } }');

    expect(refusal).toMatchObject({ __typename: 'InvalidInput', code, field });
    expect(all.totalCount).toBe(0);
  });

  test('a refusal is worded in the language of the caller', async () => {
    await using alone = await openAlone(engine, members);

    const refusal = await register(alone, { locale: 'fr' }, { locale: 'zh-CN' });

    expect(refusal.message).toBe('暂不支持该语言，请选择其一：en, zh-CN。');
  });

  test('a member or a merchant registers nobody', async () => {
    await using alone = await openAlone(engine, members);
    const { member } = await register(alone);
    const input = {
      idempotencyKey: freshKey(),
      displayName: 'Bea',
      phone: '+8613900139000',
      policyVersion: '2026-01',
    };

    for (const as of [asMember(member.id), asMerchant('m1')]) {
      const { errors } = await alone.ask(
        `mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { __typename } }`,
        { input: { ...input, idempotencyKey: freshKey() } },
        { as },
      );
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });

  test('the phone is nowhere in the database but encrypted, not even as a hash to guess', async () => {
    await using alone = await openAlone(engine, members);
    const input = { displayName: 'Ann', phone: PHONE, locale: 'en', policyVersion: '2026-01' };
    await register(alone, input);

    const rows = await alone.database.reader.query('SELECT * FROM members_member');
    const commands = await alone.database.reader.query('SELECT * FROM frame_command');

    expect(rows[0].phone_cipher).toMatch(/^v1\./);
    expect(JSON.stringify([rows, commands])).not.toContain('13800138000');
    expect(commands[0].input_hash).not.toBe(inputHash(input));
  });

  test('the same key with another phone is a fault', async () => {
    await using alone = await openAlone(engine, members);
    const idempotencyKey = freshKey();
    await register(alone, { idempotencyKey });

    await expect(register(alone, { idempotencyKey, phone: '+8613900139000' })).rejects.toThrow(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });
});

describe.each(engines)('what is seen of a member on $name', (engine) => {
  const SELECTION = `... on Member { id displayName phoneEnding status joinedAt locale
    tier { code } qualifyingPoints tierExplanation consents { purpose } family { id } }`;

  test('strangers see that she exists and nothing else', async () => {
    await using alone = await openAlone(engine, members);
    const ann = (await register(alone)).member.id;
    const bea = (await register(alone, { phone: '+8613900139000' })).member.id;

    for (const as of [asMember(bea), asMerchant('m1'), anonymous]) {
      const [seen] = await alone.entities(SELECTION, [{ __typename: 'Member', id: ann }], { as });

      expect(seen).toEqual({
        id: ann,
        displayName: null,
        phoneEnding: null,
        status: null,
        joinedAt: null,
        locale: null,
        tier: null,
        qualifyingPoints: null,
        tierExplanation: null,
        consents: null,
        family: null,
      });
    }
  });

  test('the regulator sees her, but not the end of her phone', async () => {
    await using alone = await openAlone(engine, members);
    const { id } = (await register(alone)).member;

    const [seen] = await alone.entities(SELECTION, [{ __typename: 'Member', id }], {
      as: regulator,
    });

    expect(seen).toMatchObject({ displayName: 'Ann', phoneEnding: null, status: 'ACTIVE' });
  });

  test('a member asks for herself only, whether the other exists or not', async () => {
    await using alone = await openAlone(engine, members);
    const ann = (await register(alone)).member.id;
    const bea = (await register(alone, { phone: '+8613900139000' })).member.id;

    for (const id of [bea, 'nobody']) {
      const { data, errors } = await alone.ask(
        'query ($id: ID!) { member(id: $id) { id } }',
        { id },
        { as: asMember(ann) },
      );
      expect(data).toEqual({ member: null });
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });

  test('an unknown member is null to the other subgraphs', async () => {
    await using alone = await openAlone(engine, members);

    const seen = await alone.entities(SELECTION, [{ __typename: 'Member', id: 'nobody' }], {
      as: serviceCaller('points-ledger'),
    });

    expect(seen).toEqual([null]);
  });

  test('fifty members with all their fields cost as many statements as one', async () => {
    await using alone = await openAlone(engine, members);
    const { enrolCustomers } = await alone.data(
      'mutation ($input: EnrolCustomersInput!) { enrolCustomers(input: $input) { memberIds } }',
      { input: { merchantId: 'm1', customers: Array.from({ length: 50 }, (_, n) => `${n}`) } },
      { as: serviceCaller('merchants') },
    );
    const references = enrolCustomers.memberIds.map((id: string) => ({ __typename: 'Member', id }));
    const cost = async (some: object[]) => {
      alone.statements.length = 0;
      await alone.entities(SELECTION, some);
      return alone.statements.length;
    };

    expect(await cost(references)).toBe(await cost(references.slice(0, 1)));
  });

  test('the operator lists members by the day they joined, a page at a time', async () => {
    await using alone = await openAlone(engine, members);
    for (const [index, displayName] of ['Ann', 'Bea', 'Cai'].entries()) {
      await register(alone, { displayName, phone: `+861380013800${index}` });
      alone.clock.advanceDays(1);
    }
    const page = async (after: string | null) =>
      (
        await alone.data(
          `query ($after: String) { members(
            first: 2, after: $after, orderBy: [{ field: joinedAt }],
            filter: { status: { eq: ACTIVE }, joinedAt: { gte: "2026-11-22T00:00:00Z" } }
          ) { nodes { displayName } pageInfo { hasNextPage endCursor } } }`,
          { after },
        )
      ).members;

    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);

    expect(first.nodes).toEqual([{ displayName: 'Ann' }, { displayName: 'Bea' }]);
    expect(second.nodes).toEqual([{ displayName: 'Cai' }]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });
});
