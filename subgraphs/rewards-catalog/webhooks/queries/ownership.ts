import { actsForMerchant, type Caller, hasRole } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import type { Condition } from '../../../../shared/query-kit/filter.ts';
import type { Context } from '../../context.ts';

type Asking = Pick<Context, 'peers' | 'requestId' | 'deadline' | 'caller'>;

/**
 * Whether there is such a merchant. Throws FORBIDDEN unless the caller is an operator or an owner of it: as long as a
 * merchant has declared no staff, everybody who signs in for it is one. Throws PeerFailure while merchants is out of
 * reach: who may not be asked about may nothing.
 */
export async function requireOwner(asking: Asking, merchantId: string): Promise<boolean> {
  const { peers, caller, requestId, deadline } = asking;
  if (!actsForMerchant(caller, merchantId)) throw fault('FORBIDDEN');
  type Found = { status: string | null; staff: { subject: string; role: string }[] | null } | null;
  const { _entities } = await peers.ask<{ _entities: Found[] }>(
    'merchants',
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Merchant { id status staff { subject role } } } }`,
    { r: [{ __typename: 'Merchant', id: merchantId }] },
    { requestId, deadline },
  );
  const [merchant] = _entities;
  if (!hasRole(caller, 'OPERATOR')) {
    const staff = merchant?.staff ?? [];
    const isOwner = staff.some(
      ({ subject, role }) => role === 'OWNER' && subject === caller.subject,
    );
    if (staff.length > 0 && !isOwner) throw fault('FORBIDDEN', 'WEBHOOKS_FOR_OWNERS');
  }
  return merchant?.status != null;
}

/** Which rows of webhooks the caller may see. The same faults as `requireOwner`. */
export async function visibleWebhooks(asking: Asking): Promise<Condition> {
  const { caller } = asking;
  if (hasRole(caller, 'OPERATOR')) return { sql: '(1 = 1)', parameters: {} };
  const merchantId = ownMerchant(caller);
  await requireOwner(asking, merchantId);
  return { sql: 'row.merchantId = :visibleMerchant', parameters: { visibleMerchant: merchantId } };
}

function ownMerchant({ merchantId }: Caller): string {
  if (merchantId === null) throw fault('FORBIDDEN');
  return merchantId;
}
