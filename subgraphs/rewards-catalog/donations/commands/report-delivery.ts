import { type Day, dayOf, isoDay, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkKey,
  checkPositive,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { ReportDeliveryInput } from '../../schema.generated.ts';
import { Delivery } from '../entities/delivery.ts';
import { type OpenDonations, openDonations } from '../queries/open-donations.ts';

export type DeliveryReported = Readonly<{ kind: 'DeliveryReported'; deliveryId: string }>;

export type ReportDeliveryOutcome =
  | DeliveryReported
  | Refused<'DeliveryNotMatching'>
  | NotFound
  | InvalidInput;

const NUMBER_MAX = 64;
const TEXT_MAX = 500;

/**
 * Closes what a merchant owed a charity in one currency: all of it up to a day, and nothing else (S40). Each donation is
 * handed over once, and cannot be cancelled from then on, since its voucher is used. Throws FORBIDDEN for another's.
 */
export async function reportDelivery(
  work: Work,
  input: ReportDeliveryInput,
): Promise<ReportDeliveryOutcome> {
  const { merchantId, registrationNumber, amount } = input;
  if (!actsForMerchant(work.caller, merchantId)) throw fault('FORBIDDEN');
  const wrong = checkReport(input, dayOf(work.at));
  if (wrong !== null) return wrong;
  // Reports of one charity wait for each other here.
  const charities = await work.manager.query<unknown[]>(
    `SELECT id FROM rewards_charity WHERE registration_number = ? ORDER BY id ${work.dialect.forUpdate}`,
    [registrationNumber],
  );
  if (charities.length === 0) return notFound('CHARITY_NOT_FOUND');
  const all = await openDonations(work.manager, {
    merchantId,
    beforeMs: endOf(parseIsoDay(input.until)),
    forUpdate: work.dialect.forUpdate,
  });
  const open = all.find(
    ({ cause, currency }) =>
      cause.registrationNumber === registrationNumber && currency === amount.currency,
  );
  if (open === undefined) return notFound('NO_OPEN_DONATIONS', { day: input.until });
  if (open.minor !== amount.amountMinor) {
    return refused('DeliveryNotMatching', 'DELIVERY_NOT_MATCHING', {
      expectedMinor: open.minor,
      donations: open.donations.length,
    });
  }

  // From here on the command must succeed.
  return { kind: 'DeliveryReported', deliveryId: await writeDelivery(work, input, open) };
}

async function writeDelivery(
  { manager, at, newId, caller }: Work,
  { merchantId, registrationNumber, until, deliveredOn, receiptNumber, text }: ReportDeliveryInput,
  { currency, minor, donations }: OpenDonations,
): Promise<string> {
  const id = newId();
  await manager.insert(Delivery, {
    ...{ id, merchantId, registrationNumber, currency, minor, receiptNumber },
    donations: donations.length,
    untilDay: parseIsoDay(until),
    deliveredOn: parseIsoDay(deliveredOn),
    textZh: text.zh.trim(),
    textEn: text.en.trim(),
    reportedBy: caller.subject,
    reportedAt: at,
  });
  await insertRows(
    manager,
    'rewards_delivered',
    ['redemption_id', 'delivery_id'],
    donations.map(({ redemptionId }) => [redemptionId, id]),
  );
  await execute(
    manager,
    `UPDATE rewards_voucher SET used_ms = ? WHERE used_ms IS NULL AND redemption_id IN
       (SELECT redemption_id FROM rewards_delivered WHERE delivery_id = ?)`,
    [at.getTime(), id],
  );
  return id;
}

function checkReport(
  { until, amount, deliveredOn, receiptNumber, text }: ReportDeliveryInput,
  today: Day,
): InvalidInput | null {
  const [last, delivered] = [parseIsoDay(until), parseIsoDay(deliveredOn)];
  return (
    checkPositive('amount.amountMinor', amount.amountMinor) ??
    checkKey('receiptNumber', receiptNumber, NUMBER_MAX) ??
    checkText('text.zh', text.zh, TEXT_MAX) ??
    checkText('text.en', text.en, TEXT_MAX) ??
    // A day that is not over may still bring donations that nobody has counted.
    (last < today ? null : invalidInput('DAY_NOT_OVER', 'until', { day: isoDay(today) })) ??
    (delivered > last && delivered <= today
      ? null
      : invalidInput('DELIVERY_DAY_NOT_USABLE', 'deliveredOn', { day: isoDay(last) }))
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The first millisecond after a day on the calendar of the books. */
const endOf = (day: Day): number => Date.parse(`${isoDay(day)}T00:00:00+08:00`) + DAY_MS;
