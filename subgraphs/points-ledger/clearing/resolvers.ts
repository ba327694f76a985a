import { isoDay } from '../../../shared/calendar.ts';
import { seesAll, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import { runForMerchant } from '../commands/for-merchant.ts';
import { priceOf } from '../domain/price.ts';
import type { Loaders } from '../loaders.ts';
import type { Resolvers } from '../schema.generated.ts';
import { agreeClearingTerms } from './commands/agree-terms.ts';
import { closeClearingCycle } from './commands/close-cycle.ts';
import { confirmClearingStatement } from './commands/confirm-statement.ts';
import { declareDefault } from './commands/declare-default.ts';
import { disputeClearingLine } from './commands/dispute-line.ts';
import { recordSettlement } from './commands/record-settlement.ts';
import { resolveClearingDispute } from './commands/resolve-dispute.ts';
import { statementCsv } from './domain/statement-csv.ts';
import { statementPage } from './domain/statement-page.ts';
import { type ClearingTerms, DEFAULT_TERMS } from './domain/terms.ts';
import { clearingCycles, clearingStatements } from './lists.ts';
import { burnsPage } from './queries/burns.ts';
import { isOf, noticesIn, readDocument, speechIn } from './queries/document.ts';
import type { PaymentRow } from './queries/rows.ts';
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
  agreeClearingTerms: (_, { input }, context) =>
    runForMerchant(context, agreeClearingTerms, input, 'merchantId'),
  closeClearingCycle: (_, { input }, { run }) => run(closeClearingCycle, input),
  confirmClearingStatement: (_, { input }, { run }) => run(confirmClearingStatement, input),
  declareDefault: (_, { input }, { run }) => run(declareDefault, input),
  disputeClearingLine: (_, { input }, { run }) => run(disputeClearingLine, input),
  recordSettlement: (_, { input }, { run }) => run(recordSettlement, input),
  resolveClearingDispute: (_, { input }, { run }) => run(resolveClearingDispute, input),
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
    terms: ({ merchantId }, _, { loaders }) => termsOf(loaders, merchantId),
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
    guaranteed: (payment) => borne(payment, payment.guaranteedMinor),
    uncovered: (payment) => borne(payment, payment.uncoveredMinor),
    paidOn: ({ paidOn }) => (paidOn === null ? null : isoDay(paidOn)),
  },

  ClearingStatement: {
    cycle: ({ cycleId }, _, { loaders }) => loaders.cycleById.load(cycleId),
    merchant: ({ merchantId }) => ({ id: merchantId }),
    totals: ({ id }, _, { loaders }) => loaders.sumsByStatement.load(id),
    lines: ({ id }, _, { loaders }) => loaders.linesByStatement.load(id),
    payments: async ({ cycleId, merchantId }, _, { loaders }) =>
      (await loaders.paymentsByCycle.load(cycleId)).filter((payment) => isOf(merchantId, payment)),
    notices: (_, __, { locale }) => noticesIn(locale),
    checkpoint: ({ cycleId }, _, { loaders }) => loaders.checkpointByCycle.load(cycleId),
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
      const { minor, currency } = priceOf(priceClass);
      return money(minor, currency);
    },
    pricePoints: ({ priceClass }) => priceOf(priceClass).per,
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

  ClearingTerms: {
    feeNumerator: ({ fee }) => fee.numerator,
    feeDenominator: ({ fee }) => fee.denominator,
  },

  ClearingCycleClosed: {
    cycle: async ({ cycleId }, _, { loaders }) => there(await loaders.cycleById.load(cycleId)),
  },
  ClearingLinesConfirmed: {
    statement: async ({ statementId }, _, { loaders }) =>
      there(await loaders.statementById.load(statementId)),
  },
  ClearingLineDisputed: {
    statement: async ({ statementId }, _, { loaders }) =>
      there(await loaders.statementById.load(statementId)),
  },
  ClearingDisputeResolved: {
    statements: ({ statementIds }, _, { loaders }) =>
      Promise.all(statementIds.map(async (id) => there(await loaders.statementById.load(id)))),
  },
  SettlementRecorded: {
    payment: async ({ cycleId, paymentId }, _, { loaders }) =>
      there((await loaders.paymentsByCycle.load(cycleId)).find(({ id }) => id === paymentId)),
  },
  DefaultDeclared: {
    payments: async ({ cycleId, merchantId }, _, { loaders }) =>
      (await loaders.paymentsByCycle.load(cycleId)).filter(({ payerId }) => payerId === merchantId),
  },
  ClearingTermsAgreed: {
    merchant: ({ merchantId }) => ({ id: merchantId }),
    terms: ({ merchantId }, _, { loaders }) => termsOf(loaders, merchantId),
  },
} satisfies Partial<Resolvers>;

/** A payment that its payer makes is borne by nobody else. */
const borne = ({ currency, guaranteedMinor, uncoveredMinor }: PaymentRow, part: number) =>
  guaranteedMinor + uncoveredMinor === 0 ? null : money(part, currency);

const termsOf = async (loaders: Loaders, merchantId: string): Promise<ClearingTerms> =>
  (await loaders.termsByMerchant.load(merchantId)) ?? DEFAULT_TERMS;

/** What an outcome names is there: rows of clearing are never removed. */
function there<Row>(row: Row | null | undefined): Row {
  if (row === null || row === undefined)
    throw new Error('Broken invariant: an outcome names a row');
  return row;
}
