import { serviceCaller } from '../../shared/graphql/caller.ts';
import type { PointsCommandInput } from '../../subgraphs/points-ledger/schema.generated.ts';
import type { AloneOptions } from '../support/alone.ts';
import type { Engine } from '../support/engines.ts';
import { asMember, freshKey, operator } from '../support/people.ts';
import { openBooks } from './books-world.ts';

export const members = serviceCaller('members');

type Given = Partial<PointsCommandInput>;

/** Ann gives Bob 100 alliance points. */
export const transfer = (given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind: 'TRANSFER',
  walletId: 'ann',
  counterWalletId: 'bob',
  unit: 'ALLIANCE',
  points: 100,
  causeKind: 'GIFT',
  causeId: freshKey(),
  ...given,
});

/** Ann puts 100 alliance points into the pool of the family f1. */
export const contribute = (given: Given = {}): PointsCommandInput =>
  transfer({ kind: 'CONTRIBUTE', counterWalletId: 'pool:f1', ...given });

/** Ann takes all that she has in the pool back. */
export const withdraw = (given: Given = {}): PointsCommandInput =>
  transfer({
    kind: 'WITHDRAW',
    walletId: 'pool:f1',
    counterWalletId: 'ann',
    points: null,
    ...given,
  });

const REFUSAL = '__typename ... on Refusal { code message }';

/** A ledger that is told of programmes, families and transferees. */
export async function openSharing(engine: Engine, options: AloneOptions = {}) {
  const books = await openBooks(engine, options);

  async function mutate(
    field: string,
    type: string,
    input: object,
    { as = operator, more = '' } = {},
  ) {
    const data = await books.data(
      `mutation ($input: ${type}!) { ${field}(input: $input) { ${REFUSAL} ${more} } }`,
      { input: { idempotencyKey: freshKey(), ...input } },
      { as },
    );
    return data[field];
  }

  return Object.assign(books, {
    mutate,
    /** What an issuer allows, by default transfers in the family at once. */
    programme: (input: object = {}) =>
      mutate('setPointsProgramme', 'SetPointsProgrammeInput', {
        issuerId: 'I',
        unit: 'ALLIANCE',
        transfer: 'FAMILY',
        ...input,
      }),
    family: async (familyId: string, ...memberIds: string[]) => {
      for (const memberId of memberIds) {
        await books.happens('members', 'family.joined', { familyId, memberId });
      }
    },
    leave: (familyId: string, memberId: string) =>
      books.happens('members', 'family.left', { familyId, memberId }),
    transferee: (otherId: string, given: object = {}) =>
      mutate(
        'registerTransferee',
        'TransfereeInput',
        { walletId: 'ann', otherId, issuerId: 'I', unit: 'ALLIANCE', ...given },
        { as: members },
      ),
    /** What a member asks for herself. */
    asks: (field: string, input: Record<string, unknown>) => {
      const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
      const memberId = String(input.memberId);
      const more = `... on Points${pastOf[field]} { points entry { kind } }
        ... on TooFewPoints { available missing } ... on InvalidInput { field }`;
      return mutate(field, type, input, { as: asMember(memberId), more });
    },
    /** What there is in a wallet, whoever's it is. */
    lots: async (walletId: string) => {
      const rows = await books.database.reader.query<Record<string, unknown>[]>(
        `SELECT expires_on, issuer_id, price_class, contributor, points FROM points_lot
         WHERE wallet_id = ? ORDER BY expires_on, issuer_id, price_class, contributor`,
        [walletId],
      );
      return rows.map((row) => ({ ...row, points: Number(row.points) }));
    },
  });
}

export type OpenSharing = Awaited<ReturnType<typeof openSharing>>;

const pastOf: Record<string, string> = {
  transferPoints: 'Transferred',
  contributeToFamilyPool: 'Contributed',
  withdrawFromFamilyPool: 'Withdrawn',
};
