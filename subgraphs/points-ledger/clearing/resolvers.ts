import { isoDay } from '../../../shared/calendar.ts';
import { seesAll, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { readPriceClass } from '../domain/price.ts';
import type { Resolvers } from '../schema.generated.ts';
import { closeClearingCycle } from './commands/close-cycle.ts';
import { statementCsv } from './domain/statement-csv.ts';
import { statementPage } from './domain/statement-page.ts';
import type { ClearingCycleRow } from './entities/cycle.ts';
import { clearingCycles, clearingStatements } from './lists.ts';
import { burnsPage } from './queries/burns.ts';
import { isOf, noticesIn, readDocument, speechIn } from './queries/document.ts';
import { causeSeenBy, debtorSeenBy } from './queries/seen.ts';

const money = (amountMinor: number, currency: string) => ({ amountMinor, currency });

/** What the resolvers of points-ledger take in of clearing. */
export const clearingQueries = {
  clearingCycle: (_, { id }, { loaders }) => loaders.cycleById.load(id),
  clearingCycles: (_, args, { database, keys }) =>
    readPage(clearingCycles, { reader: database.reader, cursorKey: keys.cursor, args }),
  clearingStatement: async (_, { id }, { loaders, caller }) => {
    const statement = await loaders.statementById.load(id);
    return statement !== null && seesMerchant(caller, statement.merchantId) ? statement : null;
  },
  clearingStatements: (_, args, { database, keys, caller }) =>
    readPage(clearingStatements, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      ...(seesAll(caller)
        ? {}
        : {
            visible: {
              sql: 'row.merchantId = :self',
              parameters: { self: caller.merchantId ?? '' },
            },
          }),
    }),
} satisfies Resolvers['Query'];

export const clearingMutations = {
  closeClearingCycle: (_, { input }, { run }) => run(closeClearingCycle, input),
} satisfies Resolvers['Mutation'];

export const clearingTypes = {
  Merchant: {
    clearing: ({ id }, _, { caller }) => {
      if (!seesMerchant(caller, id)) throw fault('FORBIDDEN');
      return { merchantId: id };
    },
  },

  MerchantClearing: {
    position: async ({ merchantId }, _, { loaders }) =>
      (await loaders.positionsByMerchant.load(merchantId)).map(
        ({ currency, receivable, payable }) => ({
          merchant: { id: merchantId },
          receivable: money(receivable, currency),
          payable: money(payable, currency),
          net: money(receivable - payable, currency),
        }),
      ),
    openStatements: ({ merchantId }, _, { loaders }) =>
      loaders.openStatementsByMerchant.load(merchantId),
  },

  // A merchant comes to a cycle through its own statement; what the others do there is not its affair.
  ClearingCycle: {
    volumes: ({ id }, _, { loaders, caller }) =>
      seesAll(caller) ? loaders.volumesByCycle.load(id) : null,
    payments: ({ id }, _, { loaders, caller }) =>
      seesAll(caller) ? loaders.paymentsByCycle.load(id) : null,
    statements: ({ id }, _, { loaders, caller }) =>
      seesAll(caller) ? loaders.statementsByCycle.load(id) : null,
  },

  ClearingVolume: {
    gross: ({ grossMinor, currency }) => money(grossMinor, currency),
    net: ({ netMinor, currency }) => money(netMinor, currency),
  },

  ClearingPayment: {
    payer: ({ payerId }) => ({ id: payerId }),
    payee: ({ payeeId }) => ({ id: payeeId }),
    amount: ({ amountMinor, currency }) => money(amountMinor, currency),
    dueOn: ({ dueOn }) => isoDay(dueOn),
  },

  ClearingStatement: {
    cycle: ({ cycleId }, _, { loaders }) => loaders.cycleById.load(cycleId),
    merchant: ({ merchantId }) => ({ id: merchantId }),
    totals: ({ id }, _, { loaders }) => loaders.sumsByStatement.load(id),
    lines: ({ id }, _, { loaders }) => loaders.linesByStatement.load(id),
    payments: async ({ cycleId, merchantId }, _, { loaders }) =>
      (await loaders.paymentsByCycle.load(cycleId)).filter((payment) => isOf(merchantId, payment)),
    notices: (_, __, { locale }) => noticesIn(locale),
    csv: async (statement, { burns }, context) =>
      statementCsv(await readDocument(context, statement, { burns })),
    page: async (statement, { burns }, context) =>
      statementPage(await readDocument(context, statement, { burns }), speechIn(context.locale)),
  },

  ClearingTotal: {
    receivable: ({ receivableMinor, currency }) => money(receivableMinor, currency),
    payable: ({ payableMinor, currency }) => money(payableMinor, currency),
    net: ({ receivableMinor, payableMinor, currency }) =>
      money(receivableMinor - payableMinor, currency),
    fee: ({ feeMinor, currency }) => money(feeMinor, currency),
  },

  ClearingLine: {
    side: ({ merchantId, debtorId }) => (merchantId === debtorId ? 'OWES' : 'OWED'),
    debtor: (line, _, { caller }) => {
      const id = debtorSeenBy(caller, line);
      return id === null ? null : { id };
    },
    creditor: ({ creditorId }) => ({ id: creditorId }),
    price: ({ priceClass }) => {
      const { amountMinor, currency } = readPriceClass(priceClass);
      return money(amountMinor, currency);
    },
    pricePoints: ({ priceClass }) => readPriceClass(priceClass).points,
    amount: ({ amountMinor, currency }) => money(amountMinor, currency),
    burnCount: ({ burns }) => burns,
    burns: (line, args, { database, keys }) => burnsPage(database.reader, keys.cursor, line, args),
  },

  ClearingBurn: {
    entryId: ({ burn }) => burn.entryId,
    recordedAt: ({ burn }) => burn.recordedAt,
    causeKind: ({ burn, line }, _, { caller }) => causeSeenBy(caller, line, burn)?.kind ?? null,
    causeId: ({ burn, line }, _, { caller }) => causeSeenBy(caller, line, burn)?.id ?? null,
    points: ({ burn }) => burn.points,
    amount: ({ burn }) => money(burn.amountMinor, burn.currency),
  },

  ClearingCycleClosed: {
    cycle: ({ cycleId }, _, context) => cycleOf(context, cycleId),
  },
} satisfies Partial<Resolvers>;

async function cycleOf({ loaders }: Context, id: string): Promise<ClearingCycleRow> {
  const cycle = await loaders.cycleById.load(id);
  if (cycle === null) throw new Error('Broken invariant: a closed cycle is there');
  return cycle;
}
