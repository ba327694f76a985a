import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';

const ENROL = `mutation ($input: EnrolCustomersInput!) {
  enrolCustomers(input: $input) { memberIds }
}`;

type Asked = Readonly<{ merchantId: string; customers: readonly string[] }>;

/**
 * The member of each customer number of a merchant. Members makes those that are new; the same
 * number is the same member. Throws SUBGRAPH_UNAVAILABLE when members does not answer.
 */
export async function enrolledMembers(
  peers: Peers,
  asked: Asked,
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<ReadonlyMap<string, string>> {
  const customers = [...new Set(asked.customers)];
  if (customers.length === 0) return new Map();
  const input = { merchantId: asked.merchantId, customers };
  type Answer = { enrolCustomers: { memberIds: string[] } };
  try {
    const { enrolCustomers } = await peers.ask<Answer>('members', ENROL, { input }, call);
    return new Map(
      customers.map((customer, index) => [customer, enrolCustomers.memberIds[index] ?? '']),
    );
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    throw error;
  }
}
