import type { Caller } from '../../shared/graphql/caller.ts';
import { asMember, freshKey, operator } from '../support/people.ts';
import { accrue, type OpenBooks, rewards } from './books-world.ts';

export const second: Caller = { ...operator, subject: 'operator:second' };
export const HASH = 'ab'.repeat(32);

const CASE = `id state outcome reasonCode reasonText reason basis clauseId evidenceHash evidenceNote
  deadline frozenAt howToAppeal appeal note daysGivenBack refusal proposedBy approvedBy closedBy
  accruals { id } deductions { number state points unit refusal proposedBy entry { kind } }`;

type Given = Readonly<Record<string, unknown>>;

/** What people do with cases, each as an operation of the graph. */
export function casesOf(books: OpenBooks) {
  const ask = async (
    name: string,
    input: Given,
    as: Caller = operator,
    locale: 'en' | 'zh-CN' = 'en',
  ) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await books.data(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
        ... on PointsCaseChanged { case { ${CASE} } } ... on Refusal { code message } } }`,
      { input: { idempotencyKey: freshKey(), ...input } },
      { as, locale },
    );
    return data[name];
  };
  // Each case has evidence of its own, the first one HASH.
  let proposals = 0;
  const evidence = () => {
    proposals += 1;
    return proposals === 1 ? HASH : proposals.toString(16).padStart(64, '0');
  };
  return {
    ask,
    propose: (accrualId: string | null, given: Given = {}, as = operator) =>
      ask(
        'freezePoints',
        {
          memberId: 'ann',
          reasonCode: 'FABRICATED_PURCHASES',
          reason: 'The till was closed when order 17 was rung up.',
          basis: 'Rule 4: points are for purchases that took place.',
          clauseId: 'rule-4',
          evidenceHash: evidence(),
          evidenceNote: 'safe 3, folder 17',
          accrualIds: [accrualId],
          days: 10,
          ...given,
        },
        as,
      ),
    wallet: async (as: Caller = asMember('ann'), locale: 'en' | 'zh-CN' = 'en') => {
      const [member] = await books.entities(
        `... on Member { wallet { available frozen debt cases { ${CASE} } lots { points expiresOn } } }`,
        [{ __typename: 'Member', id: 'ann' }],
        { as, locale },
      );
      return member.wallet;
    },
    events: async () => {
      const { pointsLedgerFeed } = await books.data(
        '{ pointsLedgerFeed(after: 0, first: 1000) { kind payload } }',
        {},
        { as: rewards },
      );
      return pointsLedgerFeed
        .filter(({ kind }: { kind: string }) => !kind.startsWith('points.posted'))
        .map(({ kind, payload }: { kind: string; payload: string }) => [kind, JSON.parse(payload)]);
    },
  };
}

/** Ann has 100 points that lapse on 25 December, and a case about them freezes her wallet. */
export async function openFrozen(books: OpenBooks, given: Given = {}) {
  const cases = casesOf(books);
  const { entryId } = await books.postOne(accrue({ causeId: 'p1', expiresOn: '2026-12-25' }));
  const proposed = await cases.propose(entryId, given);
  const caseId = proposed.case.id as string;
  const approved = await cases.ask('approveFreeze', { caseId }, second);
  return { cases, caseId, accrualId: String(entryId), approved };
}

/** How many entries of a kind the journal holds. */
export const countOf = async (books: OpenBooks, kind: string) =>
  Number(
    (
      await books.database.reader.query(
        'SELECT COUNT(*) AS n FROM points_journal_entry WHERE kind = ?',
        [kind],
      )
    )[0].n,
  );
