import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  checkPositive,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import { noteEvent } from '../../aftersales/commands/note-event.ts';
import { takeStock } from '../../commands/record-redemption.ts';
import { OWN_TURN_MS } from '../../domain/redemption.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import { askedOf, checkConditions } from '../../offers/commands/conditions.ts';
import type { OfferRefusal } from '../../offers/domain/conditions.ts';
import { NO_FACTS } from '../../offers/queries/offer-facts.ts';
import type { PayWithPointsInput } from '../../schema.generated.ts';
import {
  type MoreThanBillAllows,
  type OffsetTerms,
  offsetTermsOf,
  refuseSteps,
} from '../domain/offset.ts';
import { BillOffset } from '../entities/bill-offset.ts';
import type { CodeBearer, TillStanding } from '../queries/ask-peers.ts';
import { codeClaim, holderOf, orderClaim, takeClaim } from './claims.ts';

export type PaymentRecorded = Readonly<{ kind: 'PaymentRecorded'; redemptionId: string }>;

export type PaymentRefusal =
  | Refused<'MemberCodeNotGood'>
  | MoreThanBillAllows
  | Refused<'OrderPaidAlready'>
  | Refused<'RewardNotAvailable'>
  | Refused<'SoldOut'>
  | OfferRefusal
  | NotFound
  | InvalidInput;

/** What other subgraphs said just before. */
export type PaymentFacts = Readonly<{
  bearer: CodeBearer | null;
  till: TillStanding | null;
}>;

const LINES_MAX = 1_000;
const BILL_MAX = 100_000_000_000;
const NAME_MAX = 64;
/** For so long an order may be recorded after its points have paid. */
const RECORD_WITHIN_MS = 7 * 24 * 60 * 60 * 1000;

/** What is asked for, once it is known to be possible at all. */
type Payment = Readonly<{ reward: RewardRow; memberId: string; steps: number; bill: number }>;

/**
 * The first step of `payWithPoints`: claims order number and code for one redemption, and records what is to be done.
 * The same order of the same member paid alike is the payment that is there, whatever the key.
 */
export const recordPayment = ({ bearer, till }: PaymentFacts) =>
  // The frame scopes keys by the name of the function.
  async function recordPayment(
    work: Work,
    input: PayWithPointsInput,
  ): Promise<PaymentRecorded | PaymentRefusal> {
    const bill = checkedBill(input);
    if (typeof bill !== 'number') return bill;
    const reward = await work.manager.findOneBy(Reward, { id: input.rewardId });
    const terms = reward === null ? null : offsetTermsOf(reward);
    if (till === null || reward === null || terms === null) return notFound('OFFSET_NOT_FOUND');
    if (reward.merchantId !== input.merchantId) return notFound('OFFSET_NOT_FOUND');
    if (till.status !== 'ACTIVE') return refused('RewardNotAvailable', 'MERCHANT_SUSPENDED');
    const memberId = bearer?.memberId ?? null;
    if (bearer === null || memberId === null) {
      const code = bearer?.isExpired ? 'MEMBER_CODE_EXPIRED' : 'MEMBER_CODE_UNKNOWN';
      return refused('MemberCodeNotGood', code);
    }
    const asked = stepsOf(input, reward, terms);
    if (typeof asked !== 'number') return asked;
    const payment = { reward, memberId, steps: asked, bill };
    const held = await heldBy(work, input, payment);
    if (held !== null) return held;
    if (till.purchaseId !== null) return refused('OrderPaidAlready', 'ORDER_RECORDED');
    if (reward.status !== 'PUBLISHED') return refused('RewardNotAvailable', 'REWARD_DELISTED');
    const tooMany = refuseSteps(terms, bill, asked);
    if (tooMany !== null) return tooMany;
    const conditions = askedOf({ memberId, quantity: asked });
    const no = await checkConditions(work, reward, conditions, NO_FACTS);
    if (no !== null) return no;
    if (!(await takeStock(work, reward, asked))) return refused('SoldOut', 'SOLD_OUT');

    // From here on the command must succeed.
    return { kind: 'PaymentRecorded', redemptionId: await writePayment(work, input, payment) };
  };

/** What the bill comes to, or what is wrong with the input. */
function checkedBill({ orderNumber, storeId, lines, points }: PayWithPointsInput) {
  const wrong =
    checkKey('orderNumber', orderNumber, NAME_MAX) ??
    (storeId == null ? null : checkKey('storeId', storeId, NAME_MAX)) ??
    checkPositive('points', points);
  if (wrong !== null) return wrong;
  if (lines.length < 1 || lines.length > LINES_MAX) {
    return invalidInput('BILL_LINES_COUNT', 'lines', { max: LINES_MAX });
  }
  const negative = lines.findIndex((amount) => amount < 0);
  if (negative >= 0) return invalidInput('AMOUNT_NEGATIVE', `lines.${negative}`);
  if (lines.some((amount) => amount > BILL_MAX) || sum(lines) > BILL_MAX) {
    return invalidInput('ORDER_AMOUNT_TOO_LARGE', 'lines');
  }
  return sum(lines);
}

function stepsOf(
  { points, currency }: PayWithPointsInput,
  { cashCurrency }: RewardRow,
  terms: OffsetTerms,
): number | InvalidInput {
  if ((currency ?? 'CNY') !== cashCurrency) {
    return invalidInput('ORDER_CURRENCY_DIFFERS', 'currency', { currency: cashCurrency });
  }
  return points % terms.points === 0
    ? points / terms.points
    : invalidInput('POINTS_NOT_IN_STEPS', 'points', { step: terms.points });
}

/** The payment that is there already, or why this one cannot be beside it. Locks order and code, in one order for all. */
async function heldBy(
  work: Work,
  input: PayWithPointsInput,
  payment: Payment,
): Promise<PaymentRecorded | PaymentRefusal | null> {
  const order = await holderOf(work, orderClaim(input.merchantId, input.orderNumber));
  if (order !== null) {
    return (await isSame(work, order, payment))
      ? { kind: 'PaymentRecorded', redemptionId: order.id }
      : refused('OrderPaidAlready', 'ORDER_PAID_OTHERWISE');
  }
  const shown = await holderOf(work, codeClaim(input.memberCode));
  return shown === null ? null : refused('MemberCodeNotGood', 'MEMBER_CODE_USED');
}

async function isSame(
  { manager }: Work,
  { id, memberId, rewardId, quantity, cancelAt }: RedemptionRow,
  payment: Payment,
): Promise<boolean> {
  const { billMinor } = await manager.findOneByOrFail(BillOffset, { redemptionId: id });
  return (
    cancelAt === null &&
    memberId === payment.memberId &&
    rewardId === payment.reward.id &&
    quantity === payment.steps &&
    billMinor === payment.bill
  );
}

async function writePayment(
  work: Work,
  input: PayWithPointsInput,
  { reward, memberId, steps, bill }: Payment,
): Promise<string> {
  const { manager } = work;
  const id = work.newId();
  const at = work.at.getTime();
  const { merchantId, orderNumber } = input;
  const redemption = {
    ...{ id, member_id: memberId, reward_id: reward.id, merchant_id: merchantId, quantity: steps },
    ...{ points: steps * reward.points, unit: reward.unit, state: 'RECORDED', requested_ms: at },
    ...{ at_once: 1, attempts: 0, next_attempt_ms: at + OWN_TURN_MS },
  };
  await insertRow(work, 'rewards_redemption', redemption);
  await insertRow(work, 'rewards_bill_offset', {
    ...{ redemption_id: id, merchant_id: merchantId, order_number: orderNumber },
    ...{ store_id: input.storeId ?? null, currency: reward.cashCurrency, bill_minor: bill },
    ...{ amount_minor: steps * reward.cashMinor, lapses_ms: at + RECORD_WITHIN_MS },
  });
  await takeClaim(work, orderClaim(merchantId, orderNumber), id);
  await takeClaim(work, codeClaim(input.memberCode), id);
  await noteEvent(manager, id, work.at, { kind: 'REQUESTED' });
  return id;
}

const insertRow = ({ manager }: Work, table: string, row: Readonly<Record<string, unknown>>) =>
  insertRows(manager, table, Object.keys(row), [Object.values(row)]);
