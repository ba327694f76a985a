import type { Caller } from '../../../shared/graphql/caller.ts';
import type { SubgraphResponse } from '../../../shared/graphql/request.ts';
import type { AloneOptions } from '../../support/alone.ts';
import { freshKey, operator } from '../../support/people.ts';
import { accrue, type OpenBooks } from '../books-world.ts';

/** What people decide and the books then do, each with all that it needs. */

type Input = Readonly<Record<string, unknown>>;

/** One question of a client, to be asked again under its key until it is answered. */
export type Task = Readonly<{ field: string; input: Input; isSecond: boolean }>;

export type Deed = Readonly<{
  name: string;
  /** Makes all that comes before, for somebody of her own. */
  prepare: (books: OpenBooks, member: string) => Promise<Task>;
  /** What has happened once it is done: entries by their kind, and what is told of it. */
  effect: Readonly<{ kind: string; entries: number; event: string | null; state: string }>;
}>;

export const second: Caller = { ...operator, subject: 'operator:second' };

/** Whoever is asked about is there. */
export const everybody: NonNullable<AloneOptions['peer']> = (
  _,
  { query, variables },
): SubgraphResponse | null => {
  if (!query.includes('_entities')) return null;
  const asked = Object.values(variables ?? {}) as { id: string }[][];
  return { data: { _entities: asked.flat().map(({ id }) => ({ id, status: 'ACTIVE' })) } };
};

const typeOf = (field: string) => `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;

/** The document of a question. */
export function documentOf(field: string): string {
  const changed = field.endsWith('Adjustment')
    ? '... on PointsAdjustmentChanged { adjustment { id } }'
    : '... on PointsCaseChanged { case { id } }';
  const input = field.endsWith('BalanceImport') ? 'DecideBalanceImportInput!' : typeOf(field);
  return `mutation ($input: ${input}) { ${field}(input: $input) { __typename
    ${/Balance/.test(field) ? '' : changed} ... on Refusal { code message } } }`;
}

async function ask(books: OpenBooks, { field, input, isSecond }: Task) {
  const data = await books.data(documentOf(field), { input }, isSecond ? { as: second } : {});
  if (!/Changed$|^BalancesRead$/.test(data[field].__typename))
    throw new Error(JSON.stringify(data));
  return data[field];
}

const task = (field: string, input: Input, isSecond = true): Task => ({
  ...{ field, isSecond },
  input: { idempotencyKey: freshKey(), ...input },
});

async function proposed(books: OpenBooks, memberId: string) {
  const { entryId } = await books.postOne(accrue({ walletId: memberId }));
  const freezing = task(
    'freezePoints',
    {
      ...{ memberId, reasonCode: 'FABRICATED_PURCHASES', reason: 'No such order.', days: 10 },
      ...{ basis: 'Rule 4.', evidenceHash: 'ab'.repeat(32), evidenceNote: 'safe 3' },
      accrualIds: [entryId],
    },
    false,
  );
  const { case: found } = await ask(books, freezing);
  return { caseId: String(found.id), accrualId: entryId };
}

async function frozen(books: OpenBooks, memberId: string) {
  const { caseId, accrualId } = await proposed(books, memberId);
  await ask(books, task('approveFreeze', { caseId }));
  return { caseId, accrualId };
}

export const deeds: readonly Deed[] = [
  {
    name: 'a freeze',
    prepare: async (books, member) => {
      const { caseId } = await proposed(books, member);
      return task('approveFreeze', { caseId });
    },
    effect: { kind: 'FREEZE', entries: 1, event: 'points.frozen', state: 'FROZEN' },
  },
  {
    name: 'a deduction',
    prepare: async (books, member) => {
      const { caseId, accrualId } = await frozen(books, member);
      await ask(books, task('deductPoints', { caseId, parts: [{ accrualId, points: 60 }] }, false));
      return task('approveDeduction', { caseId, number: 1 });
    },
    effect: { kind: 'DEDUCT', entries: 1, event: 'points.deducted', state: 'FROZEN' },
  },
  {
    name: 'a lift',
    prepare: async (books, member) => {
      const { caseId } = await frozen(books, member);
      return task('liftFreeze', { caseId, note: 'She was right.' });
    },
    effect: { kind: 'LIFT', entries: 1, event: 'points.unfrozen', state: 'CLOSED' },
  },
  {
    name: 'points out of goodwill',
    prepare: async (books, memberId) => {
      const proposal = task(
        'proposeAdjustment',
        {
          ...{ memberId, issuerId: 'I', points: 50, price: { amountMinor: 80, currency: 'CNY' } },
          ...{ pricePoints: 100, reason: 'Late.', budget: 'service', ruleVersion: 'goodwill-1' },
        },
        false,
      );
      const { adjustment } = await ask(books, proposal);
      return task('approveAdjustment', { adjustmentId: String(adjustment.id) });
    },
    effect: { kind: 'ACCRUE', entries: 1, event: null, state: 'BOOKED' },
  },
  {
    name: 'an import',
    prepare: async (books, member) => {
      const importId = `import-of-${member}`;
      const stating = task(
        'importBalances',
        {
          ...{ importId, issuerId: 'I', unit: 'ALLIANCE' },
          rows: [1, 2, 3].map((row) => ({
            ...{ row, member: `${member}-${row}`, points: '100', price: '80/100 CNY' },
          })),
          stated: { rows: 3, points: 300, liability: [{ amountMinor: 240, currency: 'CNY' }] },
        },
        false,
      );
      await ask(books, stating);
      return task('approveBalanceImport', { importId });
    },
    effect: { kind: 'ACCRUE', entries: 3, event: null, state: 'DONE' },
  },
];

/** What the entries of a deed name as their cause: case, adjustment or import. */
export const causeOf = ({ input }: Task): string =>
  String(input.caseId ?? input.adjustmentId ?? input.importId);
