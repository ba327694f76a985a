import type { LotAmount, LotKey } from './lot.ts';
import type { Replay } from './replay.ts';
import type { Sums } from './replayed.ts';

export type StateRow = Readonly<Record<string, string | number | null>>;

/** A table that follows from the journal. */
export type StateTable = Readonly<{
  table: string;
  /** The columns of its primary key. */
  key: readonly string[];
  /** Every row as it has to be, every column of it. */
  rows: (replay: Replay) => Iterable<StateRow>;
}>;

/** All tables that say what there is now. What a column is that is not named here, `verify` complains of. */
export const stateTables: readonly StateTable[] = [
  {
    table: 'points_wallet',
    key: ['id'],
    rows: ({ wallets }) =>
      wallets.entries().map(([id, { version, freezes, mergedInto }]) => ({
        ...{ id, version, freezes },
        merged_into: mergedInto,
      })),
  },
  {
    table: 'points_wallet_unit',
    key: ['wallet_id', 'unit'],
    rows: ({ wallets }) =>
      wallets
        .entries()
        .flatMap(([id, { units }]) =>
          units.entries().map(([unit, balances]) => ({ wallet_id: id, unit, ...balances })),
        ),
  },
  lotTable('points_lot', ({ lots }) => lots),
  lotTable('points_expired', ({ expired }) => expired),
  {
    table: 'points_debt',
    key: ['wallet_id', 'unit', 'issuer_id', 'price_class'],
    rows: ({ debts }) =>
      debts.entries().map(([text, points]) => {
        const [wallet_id = '', unit = '', issuer_id = '', price_class = ''] = text.split('\n');
        return { wallet_id, unit, issuer_id, price_class, points };
      }),
  },
  {
    table: 'points_hold',
    key: ['id'],
    rows: ({ holds }) =>
      holds.entries().map(([id, hold]) => ({
        ...{ id, wallet_id: hold.walletId, acceptor_id: hold.acceptorId, unit: hold.unit },
        ...{ points: hold.points, state: hold.state, expires_ms: hold.expiresMs },
        ...{ actor_id: hold.actorId, placed_month: hold.month },
      })),
  },
  {
    table: 'points_hold_lot',
    key: ['hold_id', 'line'],
    rows: ({ holds }) =>
      holds
        .entries()
        .flatMap(([id, { lots }]) =>
          lots.map((lot, line) => ({ hold_id: id, line, ...lotRow(lot) })),
        ),
  },
  {
    table: 'points_accrual',
    key: ['entry_id'],
    rows: ({ accruals }) =>
      accruals.values().map((accrual) => ({
        ...originRow(accrual),
        cause_line: accrual.causeLine,
        reversed: accrual.reversed,
        pending: accrual.pending,
        vests_on: accrual.vestsOn,
      })),
  },
  {
    table: 'points_burn',
    key: ['entry_id', 'line'],
    rows: ({ burns }) =>
      burns.values().flatMap((burnt) =>
        burnt.map((burn) => ({
          ...originRow(burn),
          line: burn.line,
          acceptor_id: burn.acceptorId,
          refunded: burn.refunded,
        })),
      ),
  },
  {
    table: 'points_freeze',
    key: ['case_id'],
    rows: ({ freezes }) =>
      freezes.all.entries().map(([caseId, frozen]) => ({
        case_id: caseId,
        wallet_id: frozen.walletId,
        evidence_hash: frozen.evidenceHash,
        placed_entry_id: frozen.placedEntryId,
        placed_seq: frozen.placedSeq,
        placed_on: frozen.placedOn,
        frozen_since: frozen.since,
        lifted_entry_id: frozen.lifted?.entryId ?? null,
        lifted_on: frozen.lifted?.on ?? null,
        lifted_as: frozen.lifted?.as ?? null,
      })),
  },
];

/** A table of lots that the replay has by wallet and `lotText`. */
function lotTable(table: string, of: (replay: Replay) => Sums): StateTable {
  return {
    table,
    // biome-ignore format: the columns in the order of the primary key.
    key: ['wallet_id', 'expires_on', 'issuer_id', 'unit', 'price_class', 'contributor', 'use_scope'],
    rows: (replay) =>
      of(replay)
        .entries()
        .map(([text, points]) => {
          const [wallet_id = '', expires_on, issuer_id = '', unit = '', ...rest] = text.split('\n');
          const [price_class = '', contributor = '', use_scope = ''] = rest;
          return {
            ...{ wallet_id, expires_on: Number(expires_on), issuer_id, unit },
            ...{ price_class, contributor, use_scope, points },
          };
        }),
  };
}

const originRow = (
  origin: Readonly<{
    entryId: string;
    seq: number;
    walletId: string;
    causeKind: string;
    causeId: string;
    lot: LotAmount;
  }>,
): StateRow => ({
  entry_id: origin.entryId,
  seq: origin.seq,
  wallet_id: origin.walletId,
  cause_kind: origin.causeKind,
  cause_id: origin.causeId,
  ...lotRow(origin.lot),
});

const lotRow = ({ key, points }: LotAmount): StateRow => ({ ...keyRow(key), points });

const keyRow = (key: LotKey): StateRow => ({
  expires_on: key.expiresOn,
  issuer_id: key.issuerId,
  unit: key.unit,
  price_class: key.priceClass,
  contributor: key.contributor,
  use_scope: key.useScope,
});
