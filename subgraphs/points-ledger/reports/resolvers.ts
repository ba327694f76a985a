import { hasRole, seesAll, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../schema.generated.ts';
import { leavingPositions } from './leaving.ts';
import { breakageRows, type LiabilityView, liabilityRows } from './liability.ts';
import { redeemersByGroup } from './redeemers.ts';
import { redemptionMatrix } from './redemption-matrix.ts';

/** After all that is booked, whatever the clock says. */
const LATEST = Number.POSITIVE_INFINITY;

/** What issuers owe, what lapsed, and where points were earned and spent. */
export const reports = {
  Query: {
    liability: (_, { at, issuerId }, context) =>
      viewAt(context, at ?? null, ownOr(context, issuerId ?? null)),
    redemptionMatrix: async (_, { from, to }, context) => {
      const { caller, database, loaders } = context;
      const before = (at: Date) => lastBefore(context, at);
      const range = {
        afterSeq: from == null ? 0 : await before(from),
        throughSeq: to == null ? await loaders.lastSeqAt.load(LATEST) : await before(to),
      };
      const merchantId = seesAll(caller) ? null : (caller.merchantId ?? '');
      const flows = await redemptionMatrix(database.reader, range, merchantId);
      return flows.map(({ issuerId, acceptorId, ...flow }) => ({
        ...flow,
        earnedAt: issuerId === null ? null : { id: issuerId },
        burnedAt: acceptorId === null ? null : { id: acceptorId },
      }));
    },
    redeemersByGroup: async (_, { input: { from, to, groups } }, context) => {
      const [afterSeq, throughSeq] = [
        await lastBefore(context, from),
        await lastBefore(context, to),
      ];
      return redeemersByGroup(context.database.reader, { afterSeq, throughSeq }, groups);
    },
  },

  Merchant: {
    liability: ({ id }, { at }, context) => {
      if (!seesMerchant(context.caller, id)) throw fault('FORBIDDEN');
      return viewAt(context, at ?? null, id);
    },
  },

  Liability: {
    rows: async (view, _, { loaders }) =>
      liabilityRows(await loaders.openPoints.load(view), view.at).map(({ issuerId, ...row }) => ({
        ...row,
        issuer: { id: issuerId },
      })),
    breakage: async (view, _, { loaders }) =>
      breakageRows(await loaders.openPoints.load(view)).map(({ issuerId, ...row }) => ({
        ...row,
        issuer: { id: issuerId },
      })),
    ifLeft: async (view, _, { loaders }) => {
      const open = await loaders.openPoints.load(view);
      const accepted = await loaders.acceptedUntil.load(view);
      const settled = await loaders.settledUntil.load(view.at.getTime());
      return leavingPositions({ at: view.at, open, accepted, settled }, view.issuerId).map(
        ({ merchantId, currency, ...amounts }) => {
          const money = (amountMinor: number) => ({ amountMinor, currency });
          return {
            merchant: { id: merchantId },
            liability: money(amounts.liability),
            payable: money(amounts.payable),
            receivable: money(amounts.receivable),
            paid: money(amounts.paid),
            received: money(amounts.received),
            owes: money(amounts.owes),
          };
        },
      );
    },
  },
} satisfies Pick<Resolvers, 'Query' | 'Merchant' | 'Liability'>;

/** The last entry before an instant: one at that instant is in what begins there. */
const lastBefore = ({ loaders }: Context, at: Date): Promise<number> =>
  loaders.lastSeqAt.load(at.getTime() - 1);

/** A merchant is told of itself alone; whoever sees all, of all or of the one that is named. */
function ownOr({ caller }: Context, issuerId: string | null): string | null {
  if (seesAll(caller)) return issuerId;
  const own = hasRole(caller, 'MERCHANT') ? caller.merchantId : null;
  if (own === null || (issuerId !== null && issuerId !== own)) throw fault('FORBIDDEN');
  return own;
}

/** What has not happened yet is not told: a later instant is now. */
async function viewAt(
  { clock, loaders }: Context,
  at: Date | null,
  issuerId: string | null,
): Promise<LiabilityView> {
  const now = clock.now();
  const isPast = at !== null && at.getTime() < now.getTime();
  const throughSeq = await loaders.lastSeqAt.load(isPast ? at.getTime() : LATEST);
  return { at: isPast ? at : now, throughSeq, issuerId };
}
