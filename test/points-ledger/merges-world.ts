import type { Caller } from '../../shared/graphql/caller.ts';
import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import type { Request } from '../../subgraphs/points-ledger/domain/answer.ts';
import type { Outcome } from '../../subgraphs/points-ledger/domain/command.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import type { Engine } from '../support/engines.ts';
import { freshKey, operator } from '../support/people.ts';
import { type OpenBooks, rewards } from './books-world.ts';
import { merge } from './plain-commands.ts';
import { openSharing } from './sharing-world.ts';

/** Nobody approves what she proposed. */
export const second: Caller = { ...operator, subject: 'operator:second' };

const MERGE = `id state reason evidence refusal proposedBy approvedBy from { id } into { id }
  entry { id kind causeKind causeId member { id } counterpart { id } }`;

/** As only the ledger itself posts it. */
export function mergeRequest(from: string, into: string, key = freshKey()): Request {
  const command = merge(from, into);
  return {
    scope: 'service:points-ledger',
    key,
    requestHash: sha256(canonicalJson(command)),
    command,
  };
}

/** Has the books make one account of two, without anybody's leave. */
export async function mergeNow(
  { frame }: Pick<OpenBooks, 'frame'>,
  from: string,
  into: string,
): Promise<Outcome> {
  const [outcome] = await createLedger(frame).post([mergeRequest(from, into)]);
  if (outcome === undefined || outcome.status === 'FAILED') throw new Error('the merge failed');
  return outcome;
}

/** A ledger in which operators make accounts one. */
export async function openMerges(engine: Engine) {
  const books = await openSharing(engine);

  async function ask(name: string, input: object, as: Caller, locale: 'en' | 'zh-CN') {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await books.data(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
        ... on PointsMergeChanged { merge { ${MERGE} } }
        ... on Refusal { code message } } }`,
      { input: { idempotencyKey: freshKey(), ...input } },
      { as, locale },
    );
    return data[name];
  }

  return Object.assign(books, {
    /** By default eve's account goes into ann's. */
    propose: (given: object = {}, as = operator) =>
      ask(
        'proposeMerge',
        {
          ...{ fromMemberId: 'eve', intoMemberId: 'ann', reason: 'She registered twice.' },
          ...{ evidence: 'file 2026-118: both passports are hers', ...given },
        },
        as,
        'en',
      ),
    approve: (mergeId: string, as = second, locale: 'en' | 'zh-CN' = 'en', key = freshKey()) =>
      ask('approveMerge', { mergeId, idempotencyKey: key }, as, locale),
    /** All that the books say of whose the points are, but not what was asked of them. */
    state: async () => {
      const tables = ['wallet', 'wallet_unit', 'lot', 'debt', 'expired', 'hold', 'accrual', 'burn'];
      const all = [...tables, 'journal_entry', 'posting', 'freeze', 'cover'].map(
        async (table): Promise<unknown> => {
          const rows = await books.database.reader.query<object[]>(`SELECT * FROM points_${table}`);
          return [table, rows.map((row) => canonicalJson(row)).toSorted()];
        },
      );
      return Promise.all(all);
    },
    /** What the others were told of some kind. */
    told: async (kind: string) => {
      const { pointsLedgerFeed } = await books.data(
        '{ pointsLedgerFeed(after: 0, first: 1000) { kind payload } }',
        {},
        { as: rewards },
      );
      return pointsLedgerFeed.flatMap((event: { kind: string; payload: string }) =>
        event.kind === kind ? [JSON.parse(event.payload)] : [],
      );
    },
  });
}

export type OpenMerges = Awaited<ReturnType<typeof openMerges>>;
