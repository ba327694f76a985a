import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { answerComplaint, fileComplaint } from './commands/complain.ts';
import { complaintState } from './domain/complaint-state.ts';
import { complaintsList } from './lists.ts';
import { visibleComplaints } from './queries/complaints.ts';

export const complaintQueries = {
  complaints: (_, args, { database, keys, caller, clock }) =>
    readPage(complaintsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleComplaints(caller),
      parameters: { now: clock.now().getTime() },
    }),
} satisfies Resolvers['Query'];

export const complaintMutations = {
  fileComplaint: (_, { input }, { run }) => run(fileComplaint, input),
  answerComplaint: (_, { input }, { run }) => run(answerComplaint, input),
} satisfies Resolvers['Mutation'];

const complaintOf = async (
  { complaintId }: Readonly<{ complaintId: string }>,
  _: unknown,
  { loaders }: Context,
) => present(await loaders.complaintById.load(complaintId));

export const complaintTypes = {
  Complaint: {
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    member: ({ memberId }) => ({ id: memberId }),
    purchase: ({ purchaseId }, _, { loaders }) =>
      purchaseId === null ? null : loaders.purchaseById.load(purchaseId),
    state: (complaint, _, { clock }) => complaintState(complaint, clock.now()),
  },
  ComplaintFiled: { complaint: complaintOf },
  ComplaintAnswered: { complaint: complaintOf },
} satisfies Partial<Resolvers>;
