import { type GraphQLSchema, valueFromASTUntyped } from 'graphql';
import { assert } from '../assert.ts';
import { type Caller, hasRole } from './caller.ts';
import { fault } from './faults.ts';
import { PeerFailure, type Peers } from './peers.ts';
import type { Call } from './request.ts';

/** What staff does for a merchant outside of the subgraph that knows the staff. Who may do which, merchants says. */
export type StaffDeed = 'REWARDS' | 'AFTERSALES' | 'SETTLE';

/** What each mutation that is open to merchants needs; null: it asks by itself, or everybody who signs in for one may. */
export type StaffDeeds = Readonly<Record<string, StaffDeed | null>>;

type Asking = Pick<Call, 'requestId' | 'deadline'> & Readonly<{ peers: Peers; caller: Caller }>;

/**
 * Makes each mutation ask merchants whether the role of whoever works for one lets her do it. A mutation that is open
 * to merchants and has no entry is refused here, so that nothing is open by forgetting.
 */
export function enforceStaff(schema: GraphQLSchema, deeds: StaffDeeds): void {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const field of Object.values(mutations)) {
    const deed = deeds[field.name];
    assert(
      deed !== undefined || !isForMerchants(field.astNode?.directives ?? []),
      `${field.name} is open to merchants: say which deed of their staff it is`,
    );
    const { resolve } = field;
    if (deed == null || resolve === undefined) continue;
    field.resolve = async (source, input, context: Asking, info) => {
      await requireStaff(context, deed);
      return resolve(source, input, context, info);
    };
  }
  for (const name of Object.keys(deeds)) assert(mutations[name], `no such mutation: ${name}`);
}

type Directives = NonNullable<
  NonNullable<ReturnType<GraphQLSchema['getMutationType']>>['astNode']
>['directives'];

function isForMerchants(directives: NonNullable<Directives>): boolean {
  const requires = directives.find(({ name }) => name.value === 'auth')?.arguments?.[0]?.value;
  const any = requires === undefined ? [] : (valueFromASTUntyped(requires) as string[][]);
  return any.some((all) => all.includes('MERCHANT'));
}

/**
 * Throws FORBIDDEN when the caller works for a merchant and her role there does not let her do something;
 * SUBGRAPH_UNAVAILABLE while merchants cannot be asked. The operator and other subgraphs need no role there.
 */
async function requireStaff(
  { peers, caller, requestId, deadline }: Asking,
  deed: StaffDeed,
): Promise<void> {
  const { merchantId, subject } = caller;
  if (merchantId === null || hasRole(caller, 'OPERATOR', 'SERVICE')) return;
  const query = `query ($merchantId: ID!, $subject: String!, $deed: StaffDeed!) {
    staffMay(merchantId: $merchantId, subject: $subject, deed: $deed) }`;
  const variables = { merchantId, subject, deed };
  try {
    const call = { requestId, deadline };
    const may = await peers.ask<{ staffMay: boolean }>('merchants', query, variables, call);
    if (!may.staffMay) throw fault('FORBIDDEN', 'STAFF_MAY_NOT');
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'STAFF_UNKNOWN');
    throw error;
  }
}
