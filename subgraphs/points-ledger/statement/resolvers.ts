import { word } from '../../../shared/graphql/wording.ts';
import { sum } from '../../../shared/quantities.ts';
import { familyOf, isPool } from '../domain/registers.ts';
import { shownExpiry } from '../queries/wallet.ts';
import type { Resolvers } from '../schema.generated.ts';
import { memberOf } from '../sharing/resolvers.ts';
import { wording } from '../wording.ts';
import { type StatementLot, totalOf } from './read-statement.ts';
import { readStatementPage } from './statement-page.ts';

/** What happened to a member's points, and what she had at any instant. */
export const statement = {
  Wallet: {
    notice: (_, __, { locale }) => word(wording, 'POINTS_NOTICE', locale, {}),
    balanceAt: async ({ walletId }, { at }, { loaders }) => {
      const [throughSeq, units] = await Promise.all([
        loaders.lastSeqAt.load(at.getTime()),
        loaders.unitsByWallet.load(walletId),
      ]);
      const balances = await loaders.balancesAt.load({ walletId, throughSeq });
      const none = { available: 0, held: 0, pending: 0, debt: 0 };
      return units.map(({ unit }) => balances.get(unit) ?? { unit, ...none });
    },
    statement: ({ walletId }, args, context) => readStatementPage(context, walletId, args),
  },

  StatementConnection: {
    edges: ({ edges }) => [...edges],
    nodes: ({ nodes }) => [...nodes],
    notice: (_, __, { locale }) => word(wording, 'POINTS_NOTICE', locale, {}),
    checkpoint: (_, __, { loaders }) => loaders.newestCheckpoint.load('all'),
    totalCount: ({ walletId }, _, { loaders }) => loaders.walletVersion.load(walletId),
  },

  StatementEntry: {
    id: ({ entryId }) => entryId,
    purchase: ({ causeKind, causeId, kind, reversesId }) => {
      if (kind === 'REVERSE') return reversesId === null ? null : { id: reversesId };
      return causeKind === 'PURCHASE' ? { id: causeId } : null;
    },
    redemption: ({ causeKind, causeId, kind, reversesId }) => {
      if (kind === 'REFUND') return reversesId === null ? null : { id: reversesId };
      return causeKind === 'REDEMPTION' ? { id: causeId } : null;
    },
    acceptor: ({ acceptorId }) => (acceptorId === null ? null : { id: acceptorId }),
    counterpart: ({ otherWalletId }) => memberOf(otherWalletId),
    familyId: ({ otherWalletId }) =>
      otherWalletId !== null && isPool(otherWalletId) ? familyOf(otherWalletId) : null,
    actor: ({ actorId }) => memberOf(actorId),
    addressedTo: ({ addressedTo }) => memberOf(addressedTo),
    changes: ({ changes }) => [...changes],
  },

  StatementChange: {
    unit: ({ after }) => after.unit,
    points: ({ change }) => totalOf(change),
    balance: ({ after }) => totalOf(after),
    lots: ({ lots }) => shownLots(lots),
  },
} satisfies Pick<
  Resolvers,
  'Wallet' | 'StatementConnection' | 'StatementEntry' | 'StatementChange'
>;

/** By account, issuer, expiry and scope. Which price a lot had is not the member's concern. */
const shownLots = (lots: readonly StatementLot[]) =>
  Map.groupBy(
    lots,
    ({ account, key }) => `${account}\n${key.issuerId}\n${key.expiresOn}\n${key.useScope}`,
  )
    .values()
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              account: first.account,
              issuer: { id: first.key.issuerId },
              points: sum([first, ...others].map(({ points }) => points)),
              useScope: first.key.useScope === '' ? null : first.key.useScope,
              expiresOn: shownExpiry(first.key.expiresOn),
            },
          ],
    )
    .toArray();
