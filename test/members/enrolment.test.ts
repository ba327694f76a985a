import { describe, expect, test } from 'vitest';
import { serviceCaller } from '../../shared/graphql/caller.ts';
import type { Alone, Asked } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { operator } from '../support/people.ts';
import { openMembers } from './members-world.ts';

async function enrol(
  alone: Alone,
  customers: readonly string[],
  { merchantId = 'shop', as = serviceCaller('merchants') }: { merchantId?: string } & Asked = {},
): Promise<string[]> {
  const { enrolCustomers } = await alone.data(
    'mutation ($input: EnrolCustomersInput!) { enrolCustomers(input: $input) { memberIds } }',
    { input: { merchantId, customers } },
    { as },
  );
  return enrolCustomers.memberIds;
}

const numbers = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => String(from + index));

const countMembers = async (alone: Alone): Promise<number> =>
  (await alone.data('{ members(first: 1) { totalCount } }')).members.totalCount;

describe.each(engines)('enrolment of customers on $name', (engine) => {
  test('a customer number is a member, the same one every time', async () => {
    await using alone = await openMembers(engine);

    const [first, second, repeated] = await enrol(alone, ['17850', '13047', '17850']);
    const again = await enrol(alone, ['13047', '99', '17850']);

    expect(repeated).toBe(first);
    expect([again[0], again[2]]).toEqual([second, first]);
    expect(await countMembers(alone)).toBe(3);
    const { member } = await alone.data(
      'query ($id: ID!) { member(id: $id) { displayName status phoneEnding consents { purpose } } }',
      { id: first },
    );
    expect(member).toEqual({
      displayName: 'Customer',
      status: 'ACTIVE',
      phoneEnding: null,
      consents: [],
    });
  });

  test('the same number at another merchant is another member', async () => {
    await using alone = await openMembers(engine);

    const [here] = await enrol(alone, ['17850']);
    const [there] = await enrol(alone, ['17850'], { merchantId: 'other' });

    expect(there).not.toBe(here);
  });

  test('equal requests at once make each member once', async () => {
    await using alone = await openMembers(engine);

    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => enrol(alone, numbers(50))),
      ...Array.from({ length: 5 }, () => enrol(alone, numbers(50, 25).toReversed())),
    ]);

    expect(new Set(answers.slice(0, 5).map(String)).size).toBe(1);
    expect(new Set(answers.slice(5).map(String)).size).toBe(1);
    expect(answers[0]?.slice(25)).toEqual(answers[9]?.toReversed().slice(0, 25));
    expect(await countMembers(alone)).toBe(75);
  });

  test('a thousand customers cost as many statements as one', async () => {
    await using alone = await openMembers(engine);
    const cost = async (customers: readonly string[]) => {
      alone.statements.length = 0;
      await enrol(alone, customers);
      return alone.statements.length;
    };

    const one = await cost(['x']);
    const thousand = await cost(numbers(1_000));
    const known = await cost(numbers(1_000));

    expect(thousand).toBe(one);
    expect(known).toBe(1);
  });

  test.each([
    ['more than a thousand', numbers(1_001)],
    ['an empty number', ['1', ' ']],
    ['an overlong number', ['1'.repeat(81)]],
    ['a number with a blank at its end', ['1 ']],
  ])('%s is a fault, and nobody is made', async (_, customers) => {
    await using alone = await openMembers(engine);

    await expect(enrol(alone, customers)).rejects.toThrow('BAD_USER_INPUT');
    expect(await countMembers(alone)).toBe(0);
  });

  test('only the other subgraphs enrol customers', async () => {
    await using alone = await openMembers(engine);

    await expect(enrol(alone, ['1'], { as: operator })).rejects.toThrow('FORBIDDEN');
  });
});
