import { setTimeout as sleep } from 'node:timers/promises';
import { issuerDocuments } from '../support/people.ts';
import { type Attempt, Client, type Counter, type Reply } from './client.ts';
import { type Deed, type KindName, kinds } from './deeds.ts';

const CLIENTS = 8;
const MEMBERS = 12;
/** Between an answer and the next deed of a client. */
const THINK_MS = 40;
/** Of so many failures, one makes a client give its key up for ever. */
const FAILURES_PER_GIVING_UP = 6;

/** The pieces of a purchase's only line: it can be returned so many times. */
export const PIECES = 4;
export const STOCK = 1_000_000;

/** What a client does, again and again. Points come in a little slower than they would go out. */
const ROUND: readonly KindName[] = [
  'recordPurchase',
  'redeem',
  'returnPurchase',
  'redeem',
  'recordPurchase',
  'adjustStock',
  'redeem',
  'recordPurchase',
  'registerMember',
  'redeem',
  'returnPurchase',
  'redeem',
  'recordPurchase',
  'registerGreenCertificate',
];

/** The type of an answer and the id in it, if any. */
type Again = readonly [string, string | undefined];

/** Clients that never stop, on an alliance of three merchants. */
export class Load {
  readonly deeds: Deed[] = [];
  readonly #clients: readonly [Client, ...Client[]];
  #members: readonly string[] = [];
  #merchants: readonly string[] = [];
  #rewards: readonly string[] = [];
  /** By purchase, the pieces that somebody set out to return. */
  readonly #returned = new Map<string, number>();
  #failures = 0;
  #isOn = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(counter: Counter) {
    const more = Array.from({ length: CLIENTS - 1 }, () => new Client(counter));
    this.#clients = [new Client(counter), ...more];
  }

  get members(): readonly string[] {
    return this.#members;
  }

  get rewards(): readonly string[] {
    return this.#rewards;
  }

  /** The requests that were sent so long ago and are not answered. */
  underWay(ms = 0): Attempt[] {
    return this.#clients
      .flatMap(({ underWay }) => underWay ?? [])
      .filter(({ since }) => performance.now() - since >= ms);
  }

  get surprises(): string[] {
    return this.#clients.flatMap(({ surprises }) => surprises);
  }

  get counts() {
    const acknowledged = this.deeds.filter((deed) => deed.acknowledged !== null).length;
    const givenUp = this.deeds.filter(({ isGivenUp }) => isGivenUp).length;
    const sent = this.deeds.reduce((total, { attempts }) => total + attempts, 0);
    const errors = this.#clients.reduce((total, client) => total + client.errors, 0);
    const keys = this.deeds.length;
    return { keys, sent, acknowledged, retries: sent - keys, errors, givenUp };
  }

  /** Makes the merchants, members and rewards. */
  async prepare(): Promise<void> {
    this.#merchants = await this.#make('onboardMerchant', [80, 90, 100], (price) =>
      merchant(price),
    );
    this.#members = await this.#make('registerMember', [...Array(MEMBERS).keys()], member);
    this.#rewards = await this.#make('publishReward', this.#merchants, reward);
    const [rewardId = ''] = this.#rewards;
    // Each redemption of the first reward leaves one entry in the carbon accounts.
    await this.#make('registerGreenCertificate', ['G-0'], (number) => ({
      ...certificate(number, this.#merchants[0]),
      ...{ rewardIds: [rewardId], behaviour: 'EV_KWH', activityMilli: 20_000 },
    }));
  }

  start(): void {
    this.#isOn = true;
    this.#running = Promise.all(
      this.#clients.map(async (client, index) => {
        for (let turn = 0; this.#isOn; turn += 1) {
          await client.settle(this.#next(index, turn), () => this.#isGivenUp());
          await sleep(THINK_MS);
        }
      }),
    );
  }

  /** Lets every client come to an end with what it has begun. */
  async stop(): Promise<void> {
    this.#isOn = false;
    await this.#running;
  }

  /** Waits until so many more deeds are acknowledged. Throws when that takes too long. */
  async goesOn(count: number): Promise<void> {
    const target = this.counts.acknowledged + count;
    await until(() => this.counts.acknowledged >= target, 'the load does not go on');
  }

  /** Asks for each deed once more and answers the type and id of what came back. */
  async askAgain(deeds: readonly Deed[]): Promise<ReadonlyMap<Deed, Again>> {
    const answers = new Map<Deed, Again>();
    const waiting = deeds.values(); // Each client takes the next one.
    const work = this.#clients.map(async (client) => {
      for (const deed of waiting) {
        const { [deed.kind]: answer } = await answered(() => client.send(deed));
        answers.set(deed, [answer.__typename, answer[kinds[deed.kind].made]?.id]);
      }
    });
    await Promise.all(work);
    return answers;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the answer of whatever was asked.
  async ask(query: string, variables: object = {}): Promise<any> {
    const [client] = this.#clients;
    return answered(() => client.ask(query, variables));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.stop();
  }

  #deed(kind: KindName, input: object): Deed {
    const key = `load-${kind}-${this.deeds.length}`;
    const ids = new Set<string>();
    const deed = { key, kind, input, attempts: 0, ids, acknowledged: null, isGivenUp: false };
    this.deeds.push(deed);
    return deed;
  }

  async #make<Of>(
    kind: KindName,
    all: readonly Of[],
    inputOf: (one: Of, index: number) => object,
  ): Promise<string[]> {
    const deeds = all.map((one, index) => this.#deed(kind, inputOf(one, index)));
    for (const deed of deeds) await this.#clients[0].settle(deed);
    return deeds.flatMap(({ ids }) => [...ids]);
  }

  #isGivenUp(): boolean {
    this.#failures += 1;
    return this.#failures % FAILURES_PER_GIVING_UP === 0;
  }

  #next(client: number, turn: number): Deed {
    const kind = ROUND[(turn + client * 3) % ROUND.length] ?? 'recordPurchase';
    const place = turn * CLIENTS + client;
    const memberId = this.#members[(turn * 5 + client) % MEMBERS];
    const merchantId = this.#merchants[place % this.#merchants.length];
    const rewardId = this.#rewards[(place + turn) % this.#rewards.length];
    if (kind === 'redeem') return this.#deed(kind, { memberId, rewardId });
    if (kind === 'adjustStock') return this.#deed(kind, { rewardId, change: 1 + (turn % 5) });
    if (kind === 'registerMember') return this.#deed(kind, member(0, MEMBERS + place));
    if (kind === 'registerGreenCertificate') {
      return this.#deed(kind, certificate(`G-${1 + place}`, merchantId));
    }
    return kind === 'returnPurchase'
      ? (this.#return() ?? this.#purchase(place, memberId, merchantId))
      : this.#purchase(place, memberId, merchantId);
  }

  #purchase(place: number, memberId?: string, merchantId?: string): Deed {
    // So many points for each piece.
    const points = 10 + (place % 7);
    return this.#deed('recordPurchase', {
      ...{ merchantId, memberId, orderNumber: `order-${this.deeds.length}` },
      lines: [{ sku: 'A', quantity: PIECES, amountMinor: points * PIECES * 100 }],
    });
  }

  /** Of the newest purchase that has one a piece that nobody has returned, or null. */
  #return(): Deed | null {
    const purchase = this.deeds.findLast(({ kind, acknowledged, ids }) => {
      const [id = ''] = ids;
      const isDone = kind === 'recordPurchase' && acknowledged !== null;
      return isDone && (this.#returned.get(id) ?? 0) < PIECES;
    });
    if (purchase === undefined) return null;
    const [purchaseId = ''] = purchase.ids;
    this.#returned.set(purchaseId, (this.#returned.get(purchaseId) ?? 0) + 1);
    return this.#deed('returnPurchase', { purchaseId, lines: [{ number: 1, quantity: 1 }] });
  }
}

/** Waits until it is so. Throws an Error that says what is not so when that takes half a minute. */
export async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries === 1_500) throw new Error(otherwise);
    await sleep(20);
  }
}

/** What came to be there a moment ago may be asked nothing yet, so it is asked again for a while. */
// biome-ignore lint/suspicious/noExplicitAny: the answer of whatever was asked.
async function answered(ask: () => Promise<Reply>): Promise<any> {
  for (let tries = 1; ; tries += 1) {
    const reply = await ask();
    if ('body' in reply && !reply.body.errors) return reply.body.data;
    if (tries === 40) throw new Error(JSON.stringify(reply));
    await sleep(250);
  }
}

const merchant = (amountMinor: number) => ({
  name: { zh: '店', en: 'Shop' },
  industry: 'RETAIL',
  price: { amountMinor, currency: 'CNY' },
  pricePoints: 100,
  documents: issuerDocuments(),
  programmes: [
    {
      name: { zh: '积分', en: 'Points' },
      unit: 'ALLIANCE',
      earnPoints: 1,
      earnPer: { amountMinor: 100, currency: 'CNY' },
      expiryMonths: 12,
    },
  ],
});

const member = (_: number, index: number) => ({
  displayName: 'Ann',
  phone: `+86139${String(index).padStart(8, '0')}`,
  policyVersion: '2026-01',
});

const reward = (merchantId: string, index: number) => ({
  merchantId,
  title: { zh: '充电', en: 'Charging' },
  kind: 'EV_CHARGING',
  details: { charging: { stations: ['One'], wattHours: 20_000 } },
  points: 30 + index * 10,
  stock: STOCK,
  cashPrice: { amountMinor: 100, currency: 'CNY' },
});

const certificate = (number: string, merchantId: string | undefined) => ({
  number,
  label: 'LOW_CARBON',
  body: 'Body',
  merchantId,
  validFrom: '2026-01-01',
  validUntil: '2036-12-31',
  skus: [number],
});
