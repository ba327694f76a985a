import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { sum, toSafeInteger } from '../../../../shared/quantities.ts';
import type { DeclareDefaultInput } from '../../schema.generated.ts';
import { borneBy } from '../domain/default.ts';
import { movedPayment } from '../domain/states.ts';
import { DEFAULT_TERMS } from '../domain/terms.ts';
import { type PaymentRow, paymentOf } from '../queries/rows.ts';
import { readTerms } from '../queries/terms.ts';

export type DefaultDeclared = Readonly<{
  kind: 'DefaultDeclared';
  cycleId: string;
  merchantId: string;
}>;

type Outcome =
  | DefaultDeclared
  | NotFound
  | InvalidInput
  | Refused<'AlreadyDefaulted'>
  | Refused<'NothingDue'>;

const REASON_MAX = 1000;

/**
 * The operator declares that a merchant does not pay what it owes in a cycle. Its payments that are due
 * are then borne by what is left of its guarantee, in the order of their numbers and in proportion to
 * their amounts; what that does not cover is the loss of those who were to be paid. Nothing is paid here
 * either: the statements say who bears what.
 */
export async function declareDefault(
  work: Work,
  { cycleId, merchantId, reason }: DeclareDefaultInput,
): Promise<Outcome> {
  const { manager, at } = work;
  const unusable = checkText('reason', reason, REASON_MAX);
  if (unusable !== null) return unusable;
  const guarantee = await lockGuarantee(work, merchantId);
  const payments = await lockPayments(work, cycleId, merchantId);
  if (payments.length === 0) return notFound('PAYMENT_NOT_FOUND');
  if (guarantee.cycleIds.includes(cycleId)) return refused('AlreadyDefaulted', 'ALREADY_DEFAULTED');
  const due = payments.filter(({ state }) => movedPayment(state, 'default') !== null);
  if (due.length === 0) return refused('NothingDue', 'NOTHING_DUE');

  // From here on the command must succeed.
  let guaranteedMinor = 0;
  for (const [currency, own] of Map.groupBy(due, (payment) => payment.currency)) {
    const left = currency === guarantee.currency ? guarantee.leftMinor : 0;
    const borne = borneBy(
      left,
      own.map(({ amountMinor }) => amountMinor),
    );
    for (const [index, payment] of own.entries()) {
      const part = borne[index] ?? { guaranteedMinor: 0, uncoveredMinor: payment.amountMinor };
      await execute(
        manager,
        `UPDATE points_clearing_payment
         SET state = ?, guaranteed_minor = ?, uncovered_minor = ? WHERE id = ?`,
        ['DEFAULTED', part.guaranteedMinor, part.uncoveredMinor, payment.id],
      );
    }
    guaranteedMinor += sum(borne.map((part) => part.guaranteedMinor));
  }
  await insertRows(
    manager,
    'points_clearing_default',
    ['cycle_id', 'merchant_id', 'reason', 'guaranteed_minor', 'currency', 'declared_ms'],
    [[cycleId, merchantId, reason.trim(), guaranteedMinor, guarantee.currency, at.getTime()]],
  );
  await appendEvents(manager, at, [
    { kind: 'clearing.defaulted', payload: { cycleId, merchantId, payments: due.length } },
  ]);
  return { kind: 'DefaultDeclared', cycleId, merchantId };
}

/** The guarantee of a merchant less what earlier defaults took of it, under the lock of its terms. */
async function lockGuarantee({ manager, dialect }: Work, merchantId: string) {
  const terms = (await readTerms(manager, [merchantId], dialect.forUpdate)).get(merchantId);
  const { amountMinor, currency } = (terms ?? DEFAULT_TERMS).guarantee;
  const used = await readDefaults(manager, merchantId);
  const own = used.filter((earlier) => earlier.currency === currency);
  const usedMinor = sum(own.map(({ guaranteedMinor }) => guaranteedMinor));
  return {
    currency,
    leftMinor: Math.max(0, amountMinor - usedMinor),
    cycleIds: used.map((earlier) => earlier.cycleId),
  };
}

async function readDefaults(manager: EntityManager, merchantId: string) {
  const rows = await manager.query<Record<string, string>[]>(
    'SELECT cycle_id, guaranteed_minor, currency FROM points_clearing_default WHERE merchant_id = ?',
    [merchantId],
  );
  return rows.map((row) => ({
    cycleId: String(row.cycle_id),
    guaranteedMinor: toSafeInteger(row.guaranteed_minor),
    currency: String(row.currency),
  }));
}

/** What the merchant is to pay in the cycle, in the order of the numbers. */
async function lockPayments(
  { manager, dialect }: Work,
  cycleId: string,
  merchantId: string,
): Promise<PaymentRow[]> {
  const rows = await manager.query<Record<string, string>[]>(
    `SELECT * FROM points_clearing_payment WHERE cycle_id = ? AND payer_id = ?
     ORDER BY number ${dialect.forUpdate}`,
    [cycleId, merchantId],
  );
  // MariaDB finds an id with blanks after it as well: those are not of this merchant and cycle.
  return rows
    .map(paymentOf)
    .filter((payment) => payment.payerId === merchantId && payment.cycleId === cycleId);
}
