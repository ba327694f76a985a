import { isoDay } from '../../../shared/calendar.ts';
import { actsForMember, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { word } from '../../../shared/graphql/wording.ts';
import { runForMerchant } from '../commands/for-merchant.ts';
import { priceOf } from '../domain/price.ts';
import { shownExpiry } from '../queries/wallet.ts';
import type { Resolvers } from '../schema.generated.ts';
import { convertPoints } from './commands/convert-points.ts';
import { approveBalanceImport, rejectBalanceImport } from './commands/decide-import.ts';
import { importBalances } from './commands/import-balances.ts';
import { removeIssuerCover } from './commands/remove-issuer-cover.ts';
import { setConversionRate } from './commands/set-conversion-rate.ts';
import { setIssuerCover } from './commands/set-issuer-cover.ts';
import { progressOf, readImport, refusedRows, totalsOf } from './import/rows.ts';
import { conversionRates, quoteConversion, readConversion } from './queries/conversions.ts';
import { readCovers } from './queries/covers.ts';
import { programmesWording } from './wording.ts';

const PROBLEMS_MAX = 100;

/** What the resolvers of points-ledger take in of programmes. */
export const programmes = {
  Query: {
    balanceImport: (_, { id }, { database }) => readImport(database.reader, id),
    conversionRates: (_, { issuerId }, { database }) => conversionRates(database.reader, issuerId),
    issuerCover: (_, { issuerId }, { database, caller }) => {
      if (!seesMerchant(caller, issuerId)) throw fault('FORBIDDEN');
      return readCovers(database.reader, issuerId);
    },
    quoteConversion: (_, args, context) => {
      if (!actsForMember(context.caller, args.memberId)) throw fault('FORBIDDEN');
      if (args.points < 1) {
        throw fault('BAD_USER_INPUT', 'INVALID_VALUE', { detail: 'points: 1 or more' });
      }
      return quoteConversion(context, args);
    },
  },

  Mutation: {
    convertPoints: (_, { input }, context) => convertPoints(context, input),
    importBalances: (_, { input }, context) => importBalances(context, input),
    approveBalanceImport: (_, { input }, { run }) => run(approveBalanceImport, input),
    rejectBalanceImport: (_, { input }, { run }) => run(rejectBalanceImport, input),
    removeIssuerCover: (_, { input }, { run }) => run(removeIssuerCover, input),
    setIssuerCover: (_, { input }, context) =>
      runForMerchant(context, setIssuerCover, input, 'issuerId'),
    setConversionRate: (_, { input }, context) =>
      runForMerchant(context, setConversionRate, input, 'issuerId'),
  },

  BalanceImport: {
    issuer: ({ issuerId }) => ({ id: issuerId }),
    totals: ({ id }, _, { database }) => totalsOf(database.reader, id),
    waiting: async ({ id }, _, { database }) => (await progressOf(database.reader, id)).waiting,
    booked: async ({ id }, _, { database }) => (await progressOf(database.reader, id)).booked,
    refused: async ({ id }, _, { database }) => (await progressOf(database.reader, id)).refused,
    problems: ({ id }, _, { database }) => refusedRows(database.reader, id, PROBLEMS_MAX),
  },

  BalanceImportChanged: {
    async import({ importId }, _, { database }) {
      const found = await readImport(database.reader, importId);
      if (found === null) throw new Error('Broken invariant: an import that was decided is there');
      return found;
    },
  },

  BalancesRead: {
    import: ({ importId, isKept }, _, { database }) =>
      isKept ? readImport(database.reader, importId) : null,
  },

  ImportedRowProblem: {
    row: ({ line }) => line,
    message: ({ code }, _, { locale }) => word(programmesWording, code, locale, {}),
  },

  IssuerCover: {
    issuer: ({ issuerId }) => ({ id: issuerId }),
    left: ({ covered, open }) => covered - open,
  },

  IssuerCoverSet: {
    covers: ({ issuerId }, _, { database }) => readCovers(database.reader, issuerId),
  },

  IssuerCoverRemoved: {
    covers: ({ issuerId }, _, { database }) => readCovers(database.reader, issuerId),
  },

  ConversionRate: {
    issuer: ({ issuerId }) => ({ id: issuerId }),
    price: ({ priceClass }) => {
      const { minor: amountMinor, currency } = priceOf(priceClass);
      return { amountMinor, currency };
    },
    pricePoints: ({ priceClass }) => priceOf(priceClass).per,
    effectiveOn: ({ effectiveOn }) => isoDay(effectiveOn),
  },

  ConversionQuote: {
    lots: ({ conversions }) =>
      conversions.map(({ from, to, rate }) => ({
        issuer: { id: from.key.issuerId },
        points: from.points,
        got: to.points,
        expiresOn: shownExpiry(to.key.expiresOn),
        rate,
      })),
  },

  PointsConverted: {
    conversion: ({ entryId }, _, { database }) => readConversion(database.reader, entryId),
    member: async ({ entryId }, _, { loaders }) => {
      const entry = await loaders.entryById.load(entryId);
      if (entry === null) throw new Error('Broken invariant: a conversion has an entry');
      return { id: entry.walletId };
    },
  },
} satisfies Partial<Resolvers>;
