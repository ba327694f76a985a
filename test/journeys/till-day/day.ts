import { assert } from '../../../shared/assert.ts';
import { codeOf } from '../../merchants/tilling.ts';
import { patiently } from '../../rewards-catalog/till/patiently.ts';
import { openTill, type Till } from '../../rewards-catalog/till/till.ts';
import { believed, listOf, report, type Use } from '../../rewards-catalog/vouchers/offline-till.ts';
import { asMerchant, freshKey, type World } from '../../support/world.ts';
import { Dice, together } from './random.ts';
import {
  FACE,
  FEN_OF_STEP,
  POINTS_OF_STEP,
  ShopBooks,
  type ShopLine,
  type ShopOrder,
  totalOf,
} from './shop-books.ts';

const TILLS = 4;
const BATCH = 50;
const BEGINS_WITH = 50_000;

/** How often each thing was done: a day in which something never happens proves nothing of it. */
export type Tally = Record<
  | 'quoted'
  | 'paidWithPoints'
  | 'vouchersOnline'
  | 'vouchersOffline'
  | 'conflicts'
  | 'queued'
  | 'sentAgain'
  | 'undone'
  | 'left'
  | 'returned'
  | 'cancelled'
  | 'corrected',
  number
>;

/** A shop's day: half of its orders at tills with network, half at a till that has none until the evening. */
export class TillDay {
  readonly books = new ShopBooks();
  readonly tally: Tally = {
    ...{ quoted: 0, paidWithPoints: 0, vouchersOnline: 0, vouchersOffline: 0, conflicts: 0 },
    ...{ queued: 0, sentAgain: 0, undone: 0, left: 0, returned: 0, cancelled: 0, corrected: 0 },
  };
  /** Payments that were refused because she had too few points. */
  refused = 0;
  readonly world: World;
  readonly till: Till;
  readonly voucherId: string;
  readonly members: readonly string[];
  readonly #dice: Dice;
  readonly #held = new Map<string, string[]>();

  private constructor(
    world: World,
    {
      till,
      voucherId,
      members,
      dice,
    }: Pick<TillDay, 'till' | 'voucherId' | 'members'> & { dice: Dice },
  ) {
    this.world = world;
    this.till = till;
    this.voucherId = voucherId;
    this.members = members;
    this.#dice = dice;
  }

  /** A shop, members with points of another merchant, and a stock of vouchers that does not last. */
  static async open(world: World, { orders, seed }: { orders: number; seed: number }) {
    const till = await openTill(world);
    const elsewhere = await world.merchant();
    const members: string[] = [];
    for (let count = Math.ceil(orders / 50) + 4; count > 0; count -= 1) {
      const memberId = await world.member();
      const amountMinor = BEGINS_WITH * 100;
      await world.purchase({ merchantId: elsewhere, memberId, amountMinor });
      members.push(memberId);
    }
    const voucher = { faceMinor: FACE, thresholdMinor: 1_000 };
    const stock = Math.ceil(orders / 6);
    const asked = { merchantId: till.merchantId, stock, details: { voucher } };
    const voucherId = await world.reward(asked);
    const day = new TillDay(world, { till, voucherId, members, dice: new Dice(seed) });
    for (const memberId of members) day.books.opens(memberId, BEGINS_WITH);
    await day.#makeVouchers(stock);
    return { day, stock };
  }

  /** Members redeem all vouchers but one, and one member asks for more than is left. */
  async #makeVouchers(stock: number): Promise<void> {
    for (let left = stock - 1; left > 0; left -= 1) {
      const memberId = this.#dice.of(this.members);
      const asked = { idempotencyKey: freshKey(), memberId, rewardId: this.voucherId };
      const { redemption } = await patiently(() => this.world.redeem(asked));
      this.books.voucherMade(memberId);
      const { redemption: made } = await this.#told(
        'query ($id: ID!) { redemption(id: $id) { voucher { code } } }',
        { id: redemption.id },
      );
      this.#held.set(memberId, [...(this.#held.get(memberId) ?? []), made.voucher.code]);
    }
    const [memberId = ''] = this.members;
    const asked = { idempotencyKey: freshKey(), memberId, rewardId: this.voucherId, quantity: 2 };
    assert(
      (await patiently(() => this.world.redeem(asked))).__typename === 'SoldOut',
      'one voucher is left',
    );
  }

  /** `holdsVoucher`: of a member who has one, as long as anybody does. */
  #newOrder(orderNumber: string, holdsVoucher: boolean): ShopOrder {
    const lines = Array.from({ length: this.#dice.between(1, 3) }, (_, index): ShopLine => {
      const quantity = this.#dice.between(1, 4);
      const amount = quantity * this.#dice.between(500, 20_000);
      return { number: index + 1, quantity, amount, returned: 0 };
    });
    const holders = this.members.filter((id) => (this.#held.get(id)?.length ?? 0) > 0);
    const among = holdsVoucher && holders.length > 0 ? holders : this.members;
    const memberId = this.#dice.of(among);
    const none = { base: 0, steps: 0, stepsBack: 0, isCancelled: false, purchaseId: null };
    return { orderNumber, memberId, lines, ...none };
  }

  /** The shop takes a voucher off its first line: every line comes to its face at least. */
  #takeOff(order: ShopOrder, code: string): void {
    const [first] = order.lines;
    if (first === undefined) return;
    first.amount -= FACE;
    this.books.vouchers.set(code, order.orderNumber);
  }

  #voucherOf({ memberId, lines }: ShopOrder): string | null {
    const fits = totalOf({ lines }) >= 1_000;
    return fits ? (this.#held.get(memberId)?.pop() ?? null) : null;
  }

  /** The answer to the same question, asked until it comes. */
  #told(...asked: Parameters<World['data']>): ReturnType<World['data']> {
    return patiently(() => this.world.data(...asked));
  }

  async takeOnline(count: number, name: string): Promise<void> {
    const orders = Array.from({ length: count }, (_, index) =>
      this.#newOrder(`${name}-${index}`, index % 5 === 0),
    );
    await together(orders, TILLS, async (order, index) => {
      const memberCode = await patiently(() => codeOf(this.world, order.memberId));
      const lines = order.lines.map(({ quantity, amount }) => ({ quantity, amountMinor: amount }));
      const quote = await this.till.quote({ memberCode, lines });
      this.tally.quoted += 1;
      if (quote.vouchers.length > 0 && index % 5 === 0) await this.#useVoucher(order);
      const paymentId =
        quote.pointsOffer.points > 0 && index % 3 !== 0 ? await this.#pay(order, memberCode) : null;
      if (paymentId !== null && index % 20 === 1) {
        this.tally.left += 1;
        return;
      }
      await this.#record(order, index % 20 === 2 ? await this.#undo(order, paymentId) : paymentId);
    });
  }

  async #useVoucher(order: ShopOrder): Promise<void> {
    const code = this.#voucherOf(order);
    if (code === null) return;
    const { useVoucher } = await this.#told(
      `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) {
        __typename ... on VoucherUsed { discount { amountMinor } } } }`,
      {
        input: {
          ...{ idempotencyKey: freshKey(), merchantId: this.till.merchantId, voucherCode: code },
          order: {
            orderNumber: order.orderNumber,
            total: { amountMinor: totalOf(order), currency: 'CNY' },
          },
        },
      },
      { as: asMerchant(this.till.merchantId) },
    );
    assert(useVoucher.discount?.amountMinor === FACE, 'a voucher that fits is used');
    this.#takeOff(order, code);
    this.tally.vouchersOnline += 1;
  }

  /** The id of the redemption, or null when she has too few points and pays in money. Both are noted by what is said. */
  async #pay(order: ShopOrder, memberCode: string): Promise<string | null> {
    const bill = totalOf(order);
    const most = Math.floor(Math.min(Math.floor(bill / 2), 50_000) / FEN_OF_STEP);
    const steps = this.#dice.between(1, Math.min(most, 2_000));
    const lines = order.lines.map(({ amount }) => amount);
    const points = steps * POINTS_OF_STEP;
    const { orderNumber } = order;
    const asked = { idempotencyKey: freshKey(), memberCode, orderNumber, points, lines };
    let paid = await this.till.pay(asked);
    while (paid.__typename === 'RedemptionPending') paid = await this.till.pay(asked);
    if (paid.__typename === 'InsufficientPoints') {
      this.refused += 1;
      return null;
    }
    assert(paid.__typename === 'PaidWithPoints', JSON.stringify(paid));
    if (steps % 4 === 0) {
      const again = await this.till.pay(asked);
      assert(again.redemption.id === paid.redemption.id, 'it is the same payment');
      this.tally.sentAgain += 1;
    }
    order.steps = steps;
    for (const [index, line] of order.lines.entries()) line.amount = paid.lines[index];
    assert(totalOf(order) === bill - steps * FEN_OF_STEP, 'the rest is paid in money');
    this.tally.paidWithPoints += 1;
    return paid.redemption.id;
  }

  /** She pays in money after all. */
  async #undo(order: ShopOrder, paymentId: string | null): Promise<null> {
    if (paymentId === null) return null;
    const undone = await this.till.undo(order.orderNumber);
    assert(undone.__typename === 'PointsPaymentUndone', JSON.stringify(undone));
    const [first] = order.lines;
    if (first !== undefined) first.amount += order.steps * FEN_OF_STEP;
    order.steps = 0;
    this.tally.undone += 1;
    return null;
  }

  async #record(order: ShopOrder, pointsPayment: string | null): Promise<void> {
    const input = {
      ...{ memberId: order.memberId, orderNumber: order.orderNumber, pointsPayment },
      lines: order.lines.map(({ quantity, amount }) => ({ quantity, amountMinor: amount })),
    };
    const recorded = await this.till.record(input);
    assert(recorded.purchase, JSON.stringify(recorded));
    const { purchase } = recorded;
    if (this.books.orders.length % 4 === 0) {
      assert((await this.till.record(input)).purchase.id === purchase.id, 'it is the same order');
      this.tally.sentAgain += 1;
    }
    this.#note(order, purchase.id);
  }

  #note(order: ShopOrder, purchaseId: string): void {
    order.purchaseId = purchaseId;
    this.books.orders.push(order);
    this.books.settle(order);
  }

  /** Codes are scanned, vouchers taken by the list of the morning, and nothing is sent. */
  async takeOffline(count: number): Promise<{ queue: Queued[]; uses: Use[]; listId: string }> {
    const { merchantId } = this.till;
    const { list, listId } = await patiently(() => listOf(this.world, merchantId));
    const { find } = await patiently(() => believed(this.world, merchantId, list));
    const codes = new Map<string, string>();
    for (const memberId of this.members) {
      codes.set(memberId, await patiently(() => codeOf(this.world, memberId)));
    }
    const takenAt = this.world.clock.now().toISOString();
    const uses: Use[] = [];
    const take = (code: string, orderNumber: string) =>
      uses.push({
        voucherCode: code,
        usedAt: takenAt,
        order: { orderNumber, total: { amountMinor: 1_000, currency: 'CNY' } },
      });
    const queue = Array.from({ length: count }, (_, index): Queued => {
      const order = this.#newOrder(`off-${index}`, index % 8 === 0);
      const code = index % 8 === 0 ? this.#voucherOf(order) : null;
      if (code !== null && find(code) !== null) {
        take(code, order.orderNumber);
        this.#takeOff(order, code);
        this.tally.vouchersOffline += 1;
      }
      return { order, memberCode: codes.get(order.memberId) ?? '', takenAt };
    });
    // A voucher that was used at another till since the list was made: the shop bears it.
    const [used] = this.books.vouchers.keys();
    if (used !== undefined) take(used, 'off-conflict');
    return { queue, uses, listId };
  }

  /** What was queued is sent in batches, and all of it again in other ones, as a till does that heard no answer. */
  async send({ queue, uses, listId }: Awaited<ReturnType<TillDay['takeOffline']>>): Promise<void> {
    const again = queue.toSorted((a, b) => (a.order.orderNumber < b.order.orderNumber ? 1 : -1));
    for (const sent of [...batches(queue, BATCH), ...batches(again, BATCH - 7)])
      await this.#sendBatch(sent);
    for (const order of queue.map((one) => one.order)) this.#note(order, order.purchaseId ?? '');
    this.tally.queued += queue.length;
    for (let time = 0; time < 2; time += 1) {
      for (const part of batches(uses, BATCH)) {
        const key = freshKey();
        const { merchantId } = this.till;
        const answer = await patiently(() => report(this.world, merchantId, listId, part, { key }));
        const conflicts = answer.uses.filter(
          (use: { status: string }) => use.status === 'CONFLICT',
        );
        if (time === 0) this.tally.conflicts += conflicts.length;
      }
    }
  }

  async #sendBatch(batch: readonly Queued[]): Promise<void> {
    const orders = batch.map(({ order, memberCode, takenAt }) => ({
      ...{ orderNumber: order.orderNumber, memberCode, takenAt },
      lines: order.lines.map(({ quantity, amount }) => ({ quantity, amountMinor: amount })),
    }));
    const { recordQueuedOrders } = await this.#told(
      `mutation ($input: RecordQueuedOrdersInput!) { recordQueuedOrders(input: $input) {
        ... on QueuedOrdersRecorded { orders { orderNumber result { __typename
          ... on PurchaseRecorded { purchase { id } } ... on Refusal { code } } } } } }`,
      { input: { idempotencyKey: freshKey(), merchantId: this.till.merchantId, orders } },
      { as: asMerchant(this.till.merchantId) },
    );
    for (const [index, { order }] of batch.entries()) {
      const { result } = recordQueuedOrders.orders[index];
      assert(result.__typename === 'PurchaseRecorded', JSON.stringify(result));
      assert([null, result.purchase.id].includes(order.purchaseId), 'it is the same order');
      order.purchaseId = result.purchase.id;
    }
  }

  /** Some bring goods back, some orders are cancelled, and some were entered wrongly. */
  async changeMinds(): Promise<void> {
    await together(this.books.orders, TILLS, async (order, index) => {
      if (index % 3 === 0) await this.#bringBack(order);
      if (index % 9 === 3) await this.#bringBack(order);
      if (index % 20 === 4) await this.#cancel(order);
      if (index % 20 === 5) await this.#correct(order);
      this.books.settle(order);
    });
  }

  async #bringBack(order: ShopOrder): Promise<void> {
    const back = order.lines.flatMap((line) => {
      const quantity = this.#dice.between(0, line.quantity - line.returned);
      return quantity === 0 ? [] : [{ line, quantity }];
    });
    if (back.length === 0) return;
    const lines = back.map(({ line: { number }, quantity }) => ({ number, quantity }));
    const answer = await this.till.giveBack(order.purchaseId ?? '', lines);
    assert(answer.__typename === 'PurchaseReturned', JSON.stringify(answer));
    for (const { line, quantity } of back) line.returned += quantity;
    this.tally.returned += 1;
    this.books.settle(order);
  }

  async #cancel(order: ShopOrder): Promise<void> {
    await this.#change('cancelPurchase', order, {});
    for (const line of order.lines) line.returned = line.quantity;
    order.isCancelled = true;
    this.tally.cancelled += 1;
  }

  /** The first line was typed wrongly: it costs half, or a half more. */
  async #correct(order: ShopOrder): Promise<void> {
    const [first] = order.lines;
    if (first === undefined || order.lines.some(({ returned }) => returned > 0)) return;
    const amount = Math.ceil(first.amount / 2) * (this.#dice.oneIn(2) ? 1 : 3);
    const replace = [{ number: 1, with: [{ quantity: first.quantity, amountMinor: amount }] }];
    await this.#change('correctPurchase', order, { replace });
    first.amount = amount;
    this.tally.corrected += 1;
  }

  async #change(
    name: 'cancelPurchase' | 'correctPurchase',
    { purchaseId }: ShopOrder,
    more: object,
  ) {
    const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
    const answer = await this.#told(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Refusal { code } } }`,
      { input: { idempotencyKey: freshKey(), purchaseId, reason: 'The day of a till.', ...more } },
      { as: asMerchant(this.till.merchantId) },
    );
    assert(answer[name].code === undefined, JSON.stringify(answer[name]));
  }
}

type Queued = { order: ShopOrder; memberCode: string; takenAt: string };

const batches = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
