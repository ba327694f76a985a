import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import type {
  ClearVestingHoldInput,
  LinkVestingHoldInput,
  Resolvers,
} from '../schema.generated.ts';
import { clearVestingHold, linkVestingHoldOf } from './commands/decide-hold.ts';
import { HOLD_DAYS, holdState, SIGNS } from './domain/signs.ts';
import { vestingHoldsList } from './lists.ts';
import { type LedgerCase, ledgerCases } from './queries/ledger-cases.ts';
import { signText } from './wording.ts';

export const holdQueries = {
  vestingHoldTerms: () => ({
    days: HOLD_DAYS,
    signs: SIGNS.map((sign) => ({ ...sign, count: 0 })),
  }),
  vestingHolds: (_, args, { database, keys, clock }) =>
    readPage(vestingHoldsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      parameters: { now: clock.now().getTime() },
    }),
} satisfies Resolvers['Query'];

export const holdMutations = {
  clearVestingHold: (_, { input }, context) => clearAndPost(context, input),
  linkVestingHold: (_, { input }, context) => askAndLink(context, input),
} satisfies Resolvers['Mutation'];

async function clearAndPost(context: Context, input: ClearVestingHoldInput) {
  const outcome = await context.run(clearVestingHold, input);
  if (outcome.kind === 'VestingHoldDecided') {
    await context.services.poster.postOrLeave([outcome.purchaseId], context);
  }
  return outcome;
}

async function askAndLink(context: Context, input: LinkVestingHoldInput) {
  const hold = await context.loaders.holdById.load(input.holdId);
  const cases = hold === null ? [] : await casesOf(context, hold.memberId);
  return context.run(linkVestingHoldOf(cases.find(({ id }) => id === input.caseId) ?? null), input);
}

/** Throws SUBGRAPH_UNAVAILABLE when the ledger does not answer. */
async function casesOf(context: Context, memberId: string): Promise<LedgerCase[]> {
  try {
    return await ledgerCases(context.peers, [memberId], context);
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'LEDGER_UNREACHABLE');
    throw error;
  }
}

export const holdTypes = {
  VestingHold: {
    purchase: ({ purchaseId }, _, { loaders }) => loaders.purchaseById.load(purchaseId),
    member: ({ memberId }) => ({ id: memberId }),
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    signs: ({ signs }) => [...signs],
    state: (hold, _, { clock }) => holdState(hold, clock.now()),
  },
  WashTradingSign: { message: (sign, _, { locale }) => signText(sign, locale) },
  VestingHoldDecided: {
    hold: async ({ holdId }, _, { loaders }) => present(await loaders.holdById.load(holdId)),
  },
} satisfies Partial<Resolvers>;
