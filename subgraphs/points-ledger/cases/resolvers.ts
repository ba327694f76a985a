import { isoDay } from '../../../shared/calendar.ts';
import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { seesAll, seesMember } from '../../../shared/graphql/caller.ts';
import { word } from '../../../shared/graphql/wording.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import { unknownMember } from '../commands/for-members.ts';
import { runForMerchant } from '../commands/for-merchant.ts';
import type { Context } from '../context.ts';
import { priceOf } from '../domain/price.ts';
import { shownExpiry } from '../queries/wallet.ts';
import type { Resolvers } from '../schema.generated.ts';
import { approveAdjustment, driveAdjustment, proposeAdjustment } from './commands/adjust.ts';
import { appealFreeze, approveFreeze, liftFreeze } from './commands/decide.ts';
import { approveDeduction, deductPoints } from './commands/deduct.ts';
import { driveCase } from './commands/drive-cases.ts';
import { freezePoints } from './commands/freeze-points.ts';
import { pointsAdjustments, pointsCases } from './lists.ts';
import { caseWording } from './wording.ts';

/** What the resolvers of points-ledger take in of cases. */
export const caseQueries = {
  pointsCase: async (_, { id }, { loaders, caller }) => {
    const found = await loaders.caseById.load(id);
    if (found === null || !seesMember(caller, found.walletId)) return null;
    return seesAll(caller) || found.frozenAt !== null ? found : null;
  },
  pointsCases: (_, args, { database, keys }) =>
    readPage(pointsCases, { reader: database.reader, cursorKey: keys.cursor, args }),
  pointsAdjustment: (_, { id }, { loaders }) => loaders.adjustmentById.load(id),
  pointsAdjustments: (_, args, { database, keys }) =>
    readPage(pointsAdjustments, { reader: database.reader, cursorKey: keys.cursor, args }),
} satisfies Resolvers['Query'];

export const caseMutations = {
  freezePoints: (_, { input }, { run }) => run(freezePoints, input),
  approveFreeze: async (_, { input }, context) =>
    thenDrive(context, await context.run(approveFreeze, input)),
  appealFreeze: (_, { input }, { run }) => run(appealFreeze, input),
  liftFreeze: async (_, { input }, context) =>
    thenDrive(context, await context.run(liftFreeze, input)),
  deductPoints: (_, { input }, { run }) => run(deductPoints, input),
  approveDeduction: async (_, { input }, context) =>
    thenDrive(context, await context.run(approveDeduction, input)),
  proposeAdjustment: async (_, { input }, context) => {
    const earlier = await rememberedOutcome(context, proposeAdjustment, input);
    if (earlier !== null) return earlier.outcome;
    const unknown = await unknownMember(context, input, { memberId: 'ACTIVE' });
    return unknown ?? runForMerchant(context, proposeAdjustment, input, 'issuerId');
  },
  approveAdjustment: async (_, { input }, context) =>
    thenDrive(context, await context.run(approveAdjustment, input)),
} satisfies Resolvers['Mutation'];

/**
 * What was decided is committed: the books follow at once, or else in a few seconds by the worker. So the
 * answer is the decision, whatever becomes of the books now.
 */
async function thenDrive<Outcome extends { kind: string }>(
  context: Context,
  outcome: Outcome,
): Promise<Outcome> {
  const { ledger } = context.services;
  try {
    if ('caseId' in outcome) await driveCase(context, ledger, String(outcome.caseId));
    if ('adjustmentId' in outcome) {
      await driveAdjustment(context, ledger, String(outcome.adjustmentId));
    }
  } catch (error) {
    context.logger.warn({ error }, 'the books did not follow a decision yet');
  }
  return outcome;
}

export const caseTypes = {
  PointsCase: {
    member: ({ walletId }) => ({ id: walletId }),
    reasonText: ({ reasonCode }, _, { locale }) =>
      word(caseWording, `CASE_REASON_${reasonCode}`, locale, {}),
    // Where the evidence lies and who decides is for those who decide.
    evidenceNote: ({ evidenceNote }, _, { caller }) => (seesAll(caller) ? evidenceNote : null),
    proposedBy: ({ proposedBy }, _, { caller }) => (seesAll(caller) ? proposedBy : null),
    approvedBy: ({ approvedBy }, _, { caller }) => (seesAll(caller) ? approvedBy : null),
    closedBy: ({ closedBy }, _, { caller }) => (seesAll(caller) ? closedBy : null),
    deadline: ({ deadlineOn }) => isoDay(deadlineOn),
    howToAppeal: ({ deadlineOn }, _, { locale }) =>
      word(caseWording, 'CASE_HOW_TO_APPEAL', locale, { day: isoDay(deadlineOn) }),
    note: ({ note, closedBy }, _, { locale }) =>
      closedBy === 'service:points-ledger' ? word(caseWording, 'CASE_LAPSED', locale, {}) : note,
    accruals: async ({ accrualIds }, _, { loaders }) => {
      const found = await loaders.entryById.loadMany([...accrualIds]);
      return found.flatMap((entry) => (entry === null || entry instanceof Error ? [] : [entry]));
    },
    deductions: async ({ id }, _, { loaders, caller }) => {
      const found = await loaders.deductionsByCase.load(id);
      return seesAll(caller) ? found : found.filter(({ state }) => state === 'BOOKED');
    },
  },

  PointsDeduction: {
    parts: ({ parts }) => [...parts],
    proposedBy: ({ proposedBy }, _, { caller }) => (seesAll(caller) ? proposedBy : null),
    approvedBy: ({ approvedBy }, _, { caller }) => (seesAll(caller) ? approvedBy : null),
    entry: ({ entryId }, _, { loaders }) =>
      entryId === null ? null : loaders.entryById.load(entryId),
  },

  PointsDeductionPart: {
    accrual: async ({ accrualId }, _, { loaders }) => loaders.entryById.load(accrualId),
  },

  PointsAdjustment: {
    member: ({ walletId }) => ({ id: walletId }),
    issuer: ({ issuerId }) => ({ id: issuerId }),
    expiresOn: ({ expiresOn }) => shownExpiry(expiresOn),
    price: ({ priceClass }) => {
      const { minor, currency } = priceOf(priceClass);
      return { amountMinor: minor, currency };
    },
    pricePoints: ({ priceClass }) => priceOf(priceClass).per,
    entry: ({ entryId }, _, { loaders }) =>
      entryId === null ? null : loaders.entryById.load(entryId),
  },

  PointsCaseChanged: {
    case: async ({ caseId }, _, { loaders }) => {
      const found = await loaders.caseById.load(caseId);
      if (found === null) throw new Error('Broken invariant: a case that was changed is there');
      return found;
    },
  },

  PointsAdjustmentChanged: {
    adjustment: async ({ adjustmentId }, _, { loaders }) => {
      const found = await loaders.adjustmentById.load(adjustmentId);
      if (found === null) throw new Error('Broken invariant: an adjustment is there');
      return found;
    },
  },
} satisfies Partial<Resolvers>;

/** Her cases, from the moment on that they freeze: what was only proposed has no effect and no name. */
export const casesOfWallet = {
  cases: async ({ walletId }, _, { loaders, caller }) => {
    const found = await loaders.casesByWallet.load(walletId);
    return seesAll(caller) ? found : found.filter(({ frozenAt }) => frozenAt !== null);
  },
} satisfies Resolvers['Wallet'];
