import { serviceCaller } from '../../shared/graphql/caller.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import type { PointsCommandInput } from '../../subgraphs/points-ledger/schema.generated.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { type AloneOptions, openAlone } from '../support/alone.ts';
import type { Engine } from '../support/engines.ts';
import { asMember, freshKey } from '../support/people.ts';

export type Outcome = Readonly<{
  key: string;
  status: 'ACCEPTED' | 'REFUSED' | 'FAILED';
  code: string | null;
  entryId: string | null;
  points: number | null;
  available: number | null;
  missing: number | null;
  debt: number | null;
}>;

export const merchants = serviceCaller('merchants');
export const rewards = serviceCaller('rewards-catalog');

const POST = `mutation ($commands: [PointsCommandInput!]!) { postPoints(commands: $commands) {
  key status code entryId points available missing debt } }`;

type Given = Partial<PointsCommandInput>;

/** Ann gets 100 alliance points of merchant I for a purchase; they never expire. */
export const accrue = (given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind: 'ACCRUE',
  walletId: 'ann',
  unit: 'ALLIANCE',
  points: 100,
  issuerId: 'I',
  priceMinor: 80,
  pricePoints: 100,
  priceCurrency: 'CNY',
  causeKind: 'PURCHASE',
  causeId: freshKey(),
  ...given,
});

/** Ann pays merchant B with 100 alliance points. */
export const burn = (given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind: 'BURN',
  walletId: 'ann',
  unit: 'ALLIANCE',
  points: 100,
  acceptorId: 'B',
  causeKind: 'REDEMPTION',
  causeId: freshKey(),
  ...given,
});

export const hold = (given: Given = {}): PointsCommandInput =>
  burn({ kind: 'HOLD', holdId: 'hold', holdMinutes: 15, ...given });

export const resolve = (kind: 'CAPTURE' | 'RELEASE', given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind,
  walletId: 'ann',
  holdId: 'hold',
  causeKind: 'REDEMPTION',
  causeId: freshKey(),
  ...given,
});

/** Ann brings back what she bought: merchant I takes its 100 points back. */
export const reverse = (given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind: 'REVERSE',
  walletId: 'ann',
  unit: 'ALLIANCE',
  points: 100,
  issuerId: 'I',
  causeKind: 'RETURN',
  causeId: freshKey(),
  ...given,
});

/** A redemption is given up: Ann gets its 100 points back. */
export const refund = (given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind: 'REFUND',
  walletId: 'ann',
  unit: 'ALLIANCE',
  points: 100,
  causeKind: 'REDEMPTION_RETURN',
  causeId: freshKey(),
  ...given,
});

/** What is pending of an accrual of Ann's is good from now on. */
export const vest = (given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind: 'VEST',
  walletId: 'ann',
  causeKind: 'MILESTONE',
  causeId: freshKey(),
  ...given,
});

/** Ann's points of merchant I are good for longer. */
export const extend = (given: Given = {}): PointsCommandInput => ({
  key: freshKey(),
  kind: 'EXTEND',
  walletId: 'ann',
  unit: 'ALLIANCE',
  issuerId: 'I',
  causeKind: 'INCIDENT',
  causeId: freshKey(),
  ...given,
});

/**
 * Every merchant and every member is there, but for those who are called nobody, and whoever works for a merchant may
 * do everything; `peer` says otherwise.
 */
const anybody: NonNullable<AloneOptions['peer']> = (name, { query, variables }) => {
  if (query.includes('staffMay')) return { data: { staffMay: true } };
  if (!['merchants', 'members'].includes(name) || !query.includes('_entities')) return null;
  const [asked = []] = Object.values(variables ?? {}) as { id: string }[][];
  return {
    data: {
      _entities: asked.map(({ id }) => (id === 'nobody' ? null : { id, status: 'ACTIVE' })),
    },
  };
};

/** The ledger alone, with its own database. */
export async function openBooks(engine: Engine, options: AloneOptions = {}) {
  const alone = await openAlone(engine, pointsLedger, {
    ...options,
    peer: (name, request) => options.peer?.(name, request) ?? anybody(name, request),
  });

  async function post(commands: PointsCommandInput[], as = merchants): Promise<Outcome[]> {
    const { postPoints } = await alone.data(POST, { commands }, { as });
    return postPoints;
  }

  return Object.assign(alone, {
    /** For further ledgers over the same database. */
    frame: {
      database: alone.database,
      clock: alone.clock,
      newId,
      logger: createLogger('silent'),
    },
    post,
    /** Posts one command and answers its outcome. */
    postOne: async (command: PointsCommandInput, as = merchants): Promise<Outcome> => {
      const [outcome] = await post([command], as);
      if (outcome === undefined) throw new Error('a command has an outcome');
      return outcome;
    },
    wallet: async (memberId = 'ann') => {
      const [member] = await alone.entities(
        `... on Member { wallet { available held debt
          byUnit { unit available held debt } lots { unit points expiresOn issuer { id } } } }`,
        [{ __typename: 'Member', id: memberId }],
        { as: asMember(memberId) },
      );
      return member.wallet;
    },
    /** What is wrong with the books: nothing. */
    problems: () => verifyBooks(alone.database.reader, { clock: alone.clock }),
    /** Does what nobody may: writes into the books past the ledger. */
    tamper: (sql: string, parameters: unknown[] = []) =>
      alone.database.transaction((manager) => manager.query(sql, parameters)),
  });
}

export type OpenBooks = Awaited<ReturnType<typeof openBooks>>;
