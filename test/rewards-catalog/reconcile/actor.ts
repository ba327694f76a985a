import type { SubgraphName } from '../../../shared/addresses.ts';
import type { Worker } from '../../../shared/workers.ts';
import type { Embedded } from '../../../subgraphs/embedded.ts';
import type { Dice } from '../../points-ledger/crash/random-requests.ts';
import { freshKey, operator, type TestClock } from '../../support/people.ts';
import type { Scene } from './scene.ts';

// biome-ignore lint/suspicious/noExplicitAny: each action reads the answer to its own document.
type Data = any;

/** A redemption that somebody may still do something about. */
type Known = Readonly<{ id: string; memberId: string; merchantId: string }>;

export type Acting = Readonly<{
  embedded: Pick<Embedded, 'transport' | 'workers'>;
  clock: TestClock;
  dice: Dice;
  scene: Scene;
  /** How many happen at once. */
  lanes: number;
  /** Told after each action. */
  onDone?: (done: number) => void;
}>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So far back lies what an action may be about: near enough to meet others there. */
const REACH = 30;
/** The pages of lists that are asked for. */
const PAGE = 50;

const colleague = { ...operator, subject: 'operator:second' };
const seven = ['SEVEN_DAYS', 'VOLUNTARY', 'PROVIDER_FAULT'] as const;

const isOpen = ({ state }: Data): boolean => ['LISTING', 'READY', 'PROPOSED'].includes(state);

/** Does what customers, shops and operators do, at random, several at once. Counts what was answered. */
export class Actor {
  /** Such as `redeem RewardRedeemed`. */
  readonly answers = new Map<string, number>();
  readonly #acting: Acting;
  #redemptions: Known[] = [];
  #incidents: { id: string; merchantId: string; proposal: number }[] = [];

  constructor(acting: Acting) {
    this.#acting = acting;
  }

  /** What another process left to be done. */
  async lookAround(): Promise<void> {
    const { data } = await this.#ask(
      'rewards-catalog',
      `{
      redemptions(first: ${PAGE}) { nodes { id member { id } reward { merchant { id } } } }
      incidents(first: ${PAGE}) { nodes { id state proposal merchant { id } } } }`,
    );
    this.#redemptions = (data?.redemptions.nodes ?? []).toReversed().map((node: Data) => ({
      ...{ id: node.id, memberId: node.member.id, merchantId: node.reward.merchant.id },
    }));
    this.#incidents = (data?.incidents.nodes ?? [])
      .filter(isOpen)
      .toReversed()
      .map((node: Data) => ({
        ...{ id: node.id, proposal: node.proposal, merchantId: node.merchant.id },
      }));
  }

  /** So many actions. */
  async act(count: number): Promise<void> {
    const { lanes, clock, dice, onDone } = this.#acting;
    let [begun, done] = [0, 0];
    const lane = async () => {
      while (begun < count) {
        begun += 1;
        clock.set(new Date(clock.now().getTime() + dice.roll(200, 3_000)).toISOString());
        await this.#one();
        done += 1;
        onDone?.(done);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  #one(): Promise<unknown> {
    const { roll } = this.#acting.dice;
    const drawn = roll(1, 100);
    if (drawn <= 22) return this.#buy();
    if (drawn <= 50) return this.#redeem();
    if (drawn <= 58) return this.#cancel();
    if (drawn <= 68) return this.#giveBack();
    if (drawn <= 76) return this.#useVoucher();
    if (drawn <= 83) return this.#handOver();
    if (drawn <= 88) return this.#incident();
    if (drawn <= 97) return this.#work();
    return this.#later();
  }

  #buy() {
    const { dice, scene } = this.#acting;
    const amountMinor = dice.roll(5, 80) * 1_000;
    return this.#do('merchants', 'recordPurchase', {
      ...{ merchantId: some(dice, scene.merchantIds), memberId: some(dice, scene.memberIds) },
      ...{ orderNumber: freshKey(), lines: [{ sku: 'A', quantity: 1, amountMinor }] },
    });
  }

  async #redeem() {
    const { dice, scene } = this.#acting;
    const memberId = some(dice, scene.memberIds);
    const reward = some(dice, scene.rewards);
    const slot = reward.slotIds.length === 0 ? {} : { slotId: some(dice, reward.slotIds) };
    const input = { memberId, rewardId: reward.id, quantity: dice.roll(1, 3), ...slot };
    const fields = `... on RewardRedeemed { redemption { id } }
      ... on RedemptionPending { redemption { id } }`;
    const answer = await this.#do('rewards-catalog', 'redeem', input, fields);
    const { merchantId } = reward;
    if (answer?.redemption !== undefined) {
      this.#redemptions.push({ id: answer.redemption.id, memberId, merchantId });
    }
  }

  async #cancel() {
    const known = this.#recent();
    if (known === null) return;
    await this.#do('rewards-catalog', 'cancelRedemption', { redemptionId: known.id });
  }

  async #giveBack() {
    const known = this.#recent();
    if (known === null) return;
    const { dice } = this.#acting;
    const grounds = dice.pick(seven);
    const input = { redemptionId: known.id, grounds, quantity: dice.roll(1, 2) };
    const { data } = await this.#ask(
      'rewards-catalog',
      `query ($input: QuoteReturnInput!) { quoteReturn(input: $input) {
        ... on ReturnQuote { feePoints } } }`,
      { input },
    );
    const fee = data?.quoteReturn.feePoints;
    const agreed = fee === undefined ? {} : { agreedFeePoints: fee };
    await this.#do('rewards-catalog', 'returnRedemption', { ...input, ...agreed });
  }

  async #useVoucher() {
    const known = this.#recent();
    if (known === null) return;
    const { data } = await this.#ask(
      'rewards-catalog',
      'query ($id: ID!) { redemption(id: $id) { voucher { code } } }',
      { id: known.id },
    );
    const voucherCode = data?.redemption?.voucher?.code;
    if (voucherCode == null) return;
    const { merchantId, id } = known;
    if (this.#acting.dice.roll(1, 6) === 1) {
      await this.#do('rewards-catalog', 'replaceVoucher', { redemptionId: id, reason: 'LOST' });
    } else {
      await this.#do('rewards-catalog', 'useVoucher', { merchantId, voucherCode });
    }
  }

  async #handOver() {
    const known = this.#recent();
    if (known === null) return;
    const redemptionId = known.id;
    if (this.#acting.dice.roll(1, 3) > 1) {
      await this.#do('rewards-catalog', 'fulfilRedemption', { redemptionId });
    } else {
      await this.#do('rewards-catalog', 'declineRedemption', { redemptionId, reason: 'None left' });
    }
  }

  /** What comes next for one that is open, or a new one. */
  async #incident() {
    const { dice } = this.#acting;
    const open = this.#incidents.at(-1);
    if (open === undefined) return this.#declare();
    const incidentId = open.id;
    const drawn = dice.roll(1, 10);
    if (open.proposal === 0 || drawn === 1) {
      const fields = '... on RemedyProposed { incident { proposal } }';
      const remedy = this.#remedy(open.merchantId);
      const answer = await this.#do(
        'rewards-catalog',
        'proposeRemedy',
        { incidentId, remedy },
        fields,
      );
      if (answer?.incident !== undefined) open.proposal = answer.incident.proposal;
      // Nobody was concerned, or nothing can be done.
      else if (answer?.__typename !== 'IncidentNotReady') this.#incidents.pop();
      return;
    }
    if (drawn === 2) {
      await this.#do('rewards-catalog', 'withdrawIncident', { incidentId });
    } else {
      const { proposal } = open;
      const by = colleague;
      await this.#do('rewards-catalog', 'applyRemedy', { incidentId, proposal }, '', by);
    }
    this.#incidents.pop();
  }

  async #declare() {
    const { dice, scene, clock } = this.#acting;
    const merchantId = some(dice, scene.merchantIds);
    const own = scene.rewards.filter((reward) => reward.merchantId === merchantId);
    const rewardIds = own.slice(dice.roll(0, own.length - 1)).map(({ id }) => id);
    const until = clock.now().getTime();
    const from = until - dice.roll(1, 48) * HOUR_MS;
    const input = {
      ...{ merchantId, rewardIds, cause: { zh: '收银系统故障', en: 'The tills were down' } },
      ...{ from: new Date(from).toISOString(), until: new Date(until).toISOString() },
    };
    const fields = '... on IncidentDeclared { incident { id } }';
    const answer = await this.#do('rewards-catalog', 'declareIncident', input, fields);
    const id = answer?.incident?.id;
    if (id !== undefined) this.#incidents.push({ id, merchantId, proposal: 0 });
  }

  #remedy(merchantId: string): object {
    const { dice, scene } = this.#acting;
    const kind = dice.pick(['EXTEND', 'BONUS', 'SUBSTITUTE'] as const);
    if (kind === 'EXTEND') return { kind, days: dice.roll(7, 20) };
    if (kind === 'BONUS') return { kind, points: dice.roll(1, 50), validDays: 30 };
    const others = scene.rewards.filter(
      (reward) => reward.merchantId === merchantId && reward.isSubstitute,
    );
    return { kind, rewardId: some(dice, others).id };
  }

  /** Each worker does a step, whatever becomes of the others. */
  async #work() {
    await workAll(this.#acting.embedded.workers);
  }

  /** Minutes mostly, so that attempts come due and holds run out; days now and then, so that things lapse. */
  async #later() {
    const { dice, clock } = this.#acting;
    const isLong = dice.roll(1, 3) === 1;
    const ms = isLong ? dice.roll(12, 72) * HOUR_MS : dice.roll(5, 40) * MINUTE_MS;
    clock.set(new Date(clock.now().getTime() + ms).toISOString());
    await workAll(this.#acting.embedded.workers);
  }

  #recent(): Known | null {
    const { roll } = this.#acting.dice;
    return this.#redemptions.at(-roll(1, REACH)) ?? null;
  }

  /** Some are asked twice at once, and some of what failed again: under the same key. */
  async #do(
    name: SubgraphName,
    field: string,
    input: object,
    fields = '',
    as = operator,
  ): Promise<Data> {
    const { roll } = this.#acting.dice;
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) {
      __typename ... on Refusal { code } ${fields} } }`;
    const variables = { input: { idempotencyKey: freshKey(), ...input } };
    const ask = () => this.#ask(name, query, variables, as);
    const both = await Promise.all(roll(1, 12) === 1 ? [ask(), ask()] : [ask()]);
    let answer = both[0];
    if (answer?.data?.[field] == null && roll(1, 2) === 1) answer = await ask();
    const found = answer?.data?.[field] ?? null;
    const told = `${field} ${found?.code ?? found?.__typename ?? answer?.errors?.[0]?.extensions?.code}`;
    this.answers.set(told, (this.answers.get(told) ?? 0) + 1);
    return found;
  }

  async #ask(
    name: SubgraphName,
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    caller = operator,
  ): Promise<Data> {
    const call = { caller, locale: 'en' as const, requestId: 'reconcile', deadline: null };
    return this.#acting.embedded.transport(name, { query, variables, call });
  }
}

/** One step of each; what fails is tried again another time. */
async function workAll(workers: readonly Worker[]): Promise<void> {
  for (const worker of workers) await worker.step().catch(() => false);
}

/** One of a list that is never empty here. */
function some<T>({ roll }: Dice, of: readonly T[]): T {
  const found = of[roll(0, of.length - 1)];
  if (found === undefined) throw new Error('there is nothing to choose from');
  return found;
}
