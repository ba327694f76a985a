import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { isKey } from '../../../shared/graphql/refusals.ts';
import type { PersonalData } from '../personal-data.ts';

const CUSTOMERS_MAX = 1_000;
const NUMBER_LENGTH_MAX = 80;

export type EnrolCustomers = Readonly<{ merchantId: string; customers: readonly string[] }>;

type Asked = Readonly<{ index: string }>;

/**
 * Makes members for a merchant's own customer numbers. The number is the key: asking again answers
 * the same members and makes nothing, so no idempotency key is needed. The members have no name, no phone
 * and no consent until they claim their account: the number may be a phone, so it is kept nowhere. Six statements at most, however many customers.
 * Throws BAD_USER_INPUT.
 */
export async function enrolCustomers(
  { database, clock, newId }: Frame,
  personal: PersonalData,
  { merchantId, customers }: EnrolCustomers,
): Promise<string[]> {
  checkCustomers(customers);
  const asked = customers.map((customer) => ({
    index: personal.blindIndex('members_customer.customer', `${merchantId} ${customer}`),
  }));
  let members = await membersByIndex(database.reader, merchantId, asked);
  // In one order, so that two requests for the same numbers do not wait for each other.
  const missing = [...new Map(asked.map((one) => [one.index, one])).values()]
    .filter(({ index }) => !members.has(index))
    .toSorted((a, b) => (a.index < b.index ? -1 : 1));
  if (missing.length > 0) {
    members = await database.transaction(async (manager) => {
      const made = new Map(missing.map((one) => [newId(), one]));
      await insertRows(
        manager,
        'members_customer',
        ['merchant_id', 'customer_index', 'member_id'],
        [...made].map(([memberId, { index }]) => [merchantId, index, memberId]),
        { ending: database.dialect.onDuplicateKeep(['merchant_id', 'customer_index']) },
      );
      // Another request may have been first: its members stand, and ours are not made.
      const standing = await membersByIndex(manager, merchantId, asked);
      const kept = [...made]
        .filter(([memberId, { index }]) => standing.get(index) === memberId)
        .map(([memberId]) => memberId);
      await insertMembers(manager, clock.now(), kept);
      return standing;
    });
  }
  return asked.map(({ index }) => {
    const memberId = members.get(index);
    assert(memberId !== undefined, 'every customer has a member now');
    return memberId;
  });
}

function checkCustomers(customers: readonly string[]): void {
  if (customers.length > CUSTOMERS_MAX) {
    throw fault('BAD_USER_INPUT', 'TOO_MANY_CUSTOMERS', { max: CUSTOMERS_MAX });
  }
  if (!customers.every((number) => isKey(number, NUMBER_LENGTH_MAX))) {
    throw fault('BAD_USER_INPUT', 'CUSTOMER_NOT_USABLE', { max: NUMBER_LENGTH_MAX });
  }
}

async function membersByIndex(
  manager: EntityManager,
  merchantId: string,
  asked: readonly Asked[],
): Promise<Map<string, string>> {
  const indexes = asked.map(({ index }) => index);
  const rows = await manager.query<Record<'customer_index' | 'member_id', string>[]>(
    `SELECT customer_index, member_id FROM members_customer
     WHERE merchant_id = ? AND customer_index IN (${placeholders(indexes.length)})`,
    [merchantId, ...indexes],
  );
  return new Map(rows.map((row) => [row.customer_index, row.member_id]));
}

const insertMembers = (
  manager: EntityManager,
  at: Date,
  memberIds: readonly string[],
): Promise<void> =>
  insertRows(
    manager,
    'members_member',
    ['id', 'status', 'locale', 'joined_ms'],
    memberIds.map((memberId) => [memberId, 'ACTIVE', 'zh-CN', at.getTime()]),
  );
