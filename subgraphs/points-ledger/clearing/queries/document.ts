import { isoDay, ZONE } from '../../../../shared/calendar.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import { type Locale, word } from '../../../../shared/graphql/wording.ts';
import type { Context } from '../../context.ts';
import { priceOf } from '../../domain/price.ts';
import type { DocumentLine, Party, StatementDocument } from '../domain/document.ts';
import type { Speech } from '../domain/statement-page.ts';
import type { ClearingStatementRow } from '../entities/statement.ts';
import { clearingWording } from '../wording.ts';
import { WRITTEN_BURNS_MAX } from './burns.ts';
import type { LineRow } from './rows.ts';
import { causeSeenBy, debtorSeenBy } from './seen.ts';

const NAMES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Merchant { id name } } }`;

/** A statement with all that the caller may see of it. Throws BAD_USER_INPUT when it is too long. */
export async function readDocument(
  context: Context,
  statement: ClearingStatementRow,
  { burns }: Readonly<{ burns: boolean }>,
): Promise<StatementDocument> {
  const { loaders, caller, locale } = context;
  const [cycle, sums, lines, payments, checkpoint] = await Promise.all([
    loaders.cycleById.load(statement.cycleId),
    loaders.sumsByStatement.load(statement.id),
    loaders.linesByStatement.load(statement.id),
    loaders.paymentsByCycle.load(statement.cycleId),
    loaders.checkpointByCycle.load(statement.cycleId),
  ]);
  if (cycle === null) throw new Error('Broken invariant: a statement has a cycle');
  const own = payments.filter((payment) => isOf(statement.merchantId, payment));
  const partyOf = await readParties(context, [
    statement.merchantId,
    ...lines.map(({ creditorId }) => creditorId),
    ...lines.flatMap((line) => debtorSeenBy(caller, line) ?? []),
    ...own.flatMap(({ payerId, payeeId }) => [payerId, payeeId]),
  ]);
  if (burns) takeFromBudget(context, lines);
  return {
    cycle,
    merchant: partyOf(statement.merchantId),
    state: statement.state,
    sums,
    lines: await Promise.all(lines.map((line) => documentLine(context, line, partyOf, burns))),
    payments: own.map((payment) => ({
      ...payment,
      payer: partyOf(payment.payerId),
      payee: partyOf(payment.payeeId),
      dueOn: isoDay(payment.dueOn),
      paidOn: payment.paidOn === null ? null : isoDay(payment.paidOn),
    })),
    checkpoint: checkpoint?.note ?? null,
    notices: noticesIn(locale),
  };
}

export const isOf = (
  merchantId: string,
  { payerId, payeeId }: Readonly<{ payerId: string; payeeId: string }>,
): boolean => payerId === merchantId || payeeId === merchantId;

/** What every statement says of points and of money. */
export const noticesIn = (locale: Locale): string[] =>
  ['CLEARING_NOTICE_NOT_MONEY', 'CLEARING_NOTICE_OUTSIDE'].map((code) =>
    word(clearingWording, code, locale, {}),
  );

/** A request that writes out several statements has one budget for all of them. */
function takeFromBudget({ loaders }: Context, lines: readonly LineRow[]): void {
  for (const { burns } of lines) loaders.writtenBurns.left -= burns;
  if (loaders.writtenBurns.left < 0) {
    throw fault('BAD_USER_INPUT', 'TOO_MANY_BURNS', { max: WRITTEN_BURNS_MAX });
  }
}

async function documentLine(
  { loaders, caller }: Context,
  line: LineRow,
  partyOf: (id: string) => Party,
  isWithBurns: boolean,
): Promise<DocumentLine> {
  const debtorId = debtorSeenBy(caller, line);
  const price = priceOf(line.priceClass);
  const burns = isWithBurns && line.burns > 0 ? await loaders.burnsByLine.load(line.id) : [];
  return {
    ...line,
    side: line.merchantId === line.debtorId ? 'OWES' : 'OWED',
    debtor: debtorId === null ? null : partyOf(debtorId),
    creditor: partyOf(line.creditorId),
    priceMinor: price.minor,
    pricePoints: price.per,
    burnCount: line.burns,
    burns: burns.map((burn) => ({ ...burn, cause: causeSeenBy(caller, line, burn) })),
  };
}

/** The names of merchants in the caller's language. While merchants is out of reach their ids stand alone. */
async function readParties(
  { peers, requestId, deadline, locale }: Context,
  ids: readonly string[],
): Promise<(id: string) => Party> {
  type Named = { id: string; name: string | null } | null;
  const representations = [...new Set(ids)].map((id) => ({ __typename: 'Merchant', id }));
  const found = await peers
    .ask<{ _entities: Named[] }>(
      'merchants',
      NAMES,
      { representations },
      { requestId, deadline, language: locale },
    )
    .catch((error: unknown) => {
      if (error instanceof PeerFailure) return { _entities: [] };
      throw error;
    });
  const names = new Map(found._entities.map((named) => [named?.id, named?.name ?? null]));
  return (id) => ({ id, name: names.get(id) ?? null });
}

/** How amounts and instants are written in a language. Amounts are exact: they are never numbers in between. */
export function speechIn(locale: Locale): Speech {
  const instants = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: ZONE,
  });
  return {
    locale,
    say: (code) => word(clearingWording, code, locale, {}),
    instant: (at) => instants.format(at),
    money: (amountMinor, currency) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
      const whole = text.slice(0, text.length - digits);
      const amount = `${amountMinor < 0 ? '-' : ''}${whole}.${text.slice(text.length - digits)}0`;
      // The digits of an integer make a decimal that the format takes as it is.
      return format.format(amount as Intl.StringNumericLiteral);
    },
  };
}
