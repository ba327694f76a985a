import type { EntityManager } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { sum } from '../../../shared/quantities.ts';
import { ageLimitsOf } from '../ages/domain/age-limit.ts';
import { knownAges } from '../ages/queries/known-ages.ts';
import type { Imported, RejectedRow } from '../domain/imported-order.ts';
import type { Order } from '../domain/order.ts';
import type { SellingRule } from '../rules/queries/selling-rules.ts';
import type { ImportPurchasesInput } from '../schema.generated.ts';
import { closedTo } from '../standing/domain/issuing.ts';
import { readStandings } from '../standing/queries/standings.ts';
import { inRegions } from '../standing/queries/stores.ts';
import { type CapCase, type CapUse, lockCapUse, readCapUse } from './cap-use.ts';
import { makePurchases, sortPurchases } from './imported-purchases.ts';
import { findReturnable, makeReturns } from './imported-returns.ts';
import { claimOrderNumbers, holdersOf, numberText } from './order-numbers.ts';
import { type PostingsInHand, takeInHand } from './posting-rows.ts';
import {
  capCasesOf,
  insertDetails,
  issuersOf,
  type KnownFacts,
  type NewPurchase,
  withinCaps,
} from './purchase-rows.ts';
import { insertReturns, returnCapCases } from './return-rows.ts';

export type { RejectedRow };

/** What one request may hold, so that its transaction stays short. */
export const PURCHASES_MAX = 500;
export const IMPORTED_LINES_MAX = 20_000;

/** `purchaseIds` are those whose points the ledger has to be told of. */
export type PurchasesImported = Readonly<{
  kind: 'PurchasesImported';
  recorded: number;
  returned: number;
  unchanged: number;
  points: number;
  rejected: readonly RejectedRow[];
  purchaseIds: readonly string[];
}>;

export type ImportPurchasesOutcome =
  | PurchasesImported
  | NotFound
  | Refused<'MerchantNotActive'>
  | InvalidInput;

/** Who imports, from which customers, and whether anything is written. */
export type Import = Readonly<{
  input: ImportPurchasesInput;
  /** The orders of the input with what makes each of them unusable, in the same order. */
  orders: readonly Imported[];
  /** The member of each customer; null in a dry run, where nobody is enrolled. */
  members: ReadonlyMap<string, string> | null;
  /** The versions of the merchant's rules. */
  rules: readonly SellingRule[];
  /** What others said about an order. */
  factsOf: (order: Imported) => KnownFacts;
}>;

/** Refuses more than one import may hold. */
export function checkSize(orders: readonly Imported[]): InvalidInput | null {
  if (orders.length > PURCHASES_MAX) {
    return invalidInput('TOO_MANY_PURCHASES', 'purchases', { max: PURCHASES_MAX });
  }
  return sum(orders.map(({ order }) => order.lines.length)) > IMPORTED_LINES_MAX
    ? invalidInput('TOO_MANY_LINES', 'purchases', { max: IMPORTED_LINES_MAX })
    : null;
}

/**
 * Records the orders that can be used and reports the others. All in one transaction. What the ledger has to be
 * told of them is `inHand` afterwards.
 */
export const importPurchasesOf = (asked: Omit<Import, 'input'>, inHand: PostingsInHand) =>
  async function importPurchases(
    work: Work,
    input: ImportPurchasesInput,
  ): Promise<ImportPurchasesOutcome> {
    return importInto(work.manager, { ...asked, input }, work, {
      claim: (rows) => claimOrderNumbers(work, rows),
      lock: work,
      useOf: (cases) => lockCapUse(work, cases),
      write: async (purchases, returns, use) => {
        const { events, postings } = await insertDetails(work, purchases);
        const returned = await insertReturns(work, returns);
        await use.save(work);
        await appendEvents(work.manager, work.at, [...events, ...returned], { areLong: true });
        takeInHand(
          inHand,
          purchases.map(({ row }) => row.id),
          postings,
          new Set(returns.map(({ after }) => after.row.id)),
        );
      },
    });
  };

/** What an import would do, from reading alone. */
export const previewImport = (
  reader: EntityManager,
  asked: Import,
  frame: Pick<Work, 'at' | 'newId'>,
): Promise<ImportPurchasesOutcome> =>
  importInto(reader, asked, frame, {
    claim: async (rows) => {
      const holders = await holdersOf(reader, rows);
      for (const row of rows) {
        if (!holders.has(numberText(row))) holders.set(numberText(row), row);
      }
      return holders;
    },
    lock: null,
    useOf: (cases) => readCapUse(reader, cases),
    write: async () => undefined,
  });

/** What differs between importing and only looking. */
type Effects = Readonly<{
  claim: (rows: readonly NewPurchase['row'][]) => ReturnType<typeof claimOrderNumbers>;
  lock: Work | null;
  useOf: (cases: readonly CapCase[]) => Promise<CapUse>;
  write: (
    purchases: readonly NewPurchase[],
    returns: Parameters<typeof insertReturns>[1],
    use: CapUse,
  ) => Promise<void>;
}>;

/** The orders with the regions of the stores that they name. */
async function placed(
  manager: EntityManager,
  merchantId: string,
  orders: readonly Imported[],
): Promise<(from: Imported) => Order> {
  const asked = orders.map(({ order }) => order);
  const found = await inRegions(manager, merchantId, asked);
  const byImported = new Map(orders.map((from, index) => [from, found[index] ?? from.order]));
  return (from) => byImported.get(from) ?? from.order;
}

async function importInto(
  manager: EntityManager,
  { input, orders, members, rules, factsOf }: Import,
  frame: Pick<Work, 'at' | 'newId'>,
  { claim, lock, useOf, write }: Effects,
): Promise<ImportPurchasesOutcome> {
  const { merchantId } = input;
  const currency = input.currency ?? 'CNY';
  const tooMany = checkSize(orders);
  if (tooMany !== null) return tooMany;
  if (!/^[A-Z]{3}$/.test(currency)) return invalidInput('CURRENCY_NOT_USABLE', 'currency');
  const standings = await readStandings(manager, issuersOf(merchantId, rules));
  const seller = standings.get(merchantId);
  if (seller === undefined) return notFound('MERCHANT_NOT_FOUND');
  const closed = closedTo(seller, { purchasedAt: frame.at, at: frame.at });
  if (closed !== null) return refused('MerchantNotActive', closed);

  const orderOf = await placed(manager, merchantId, orders);
  const limited = ageLimitsOf(rules).size === 0 ? [] : [...(members?.values() ?? [])];
  const ages = await knownAges(
    manager,
    limited.map((memberId) => ({ merchantId, memberId })),
    frame.at,
  );
  const selling = { rules, factsOf, standings, ages, orderOf };
  const made = makePurchases(orders, { ...selling, merchantId, members, frame });
  const holders = await claim(made.purchases.map(({ purchase }) => purchase.row));
  const sorted = sortPurchases(made.purchases, holders);
  const returnable = await findReturnable(manager, { merchantId, orders, lock });
  const earning = sorted.fresh.map(({ purchase }) => purchase);
  const use = await useOf([
    ...earning.flatMap(capCasesOf),
    ...returnCapCases(returnable?.purchases ?? [], returnable?.rules ?? new Map()),
  ]);
  const fresh = earning.map((purchase) => withinCaps(purchase, use));
  const returns = makeReturns(returnable, { fresh, use, frame });

  await write(fresh, returns.made, use);
  return {
    kind: 'PurchasesImported',
    recorded: fresh.length,
    returned: returns.made.length,
    unchanged: sorted.known.length + returns.unchanged,
    points: sum(fresh.flatMap(({ awards }) => awards.map(({ points }) => points))),
    rejected: [...made.rejected, ...sorted.rejected, ...returns.rejected].toSorted(
      (a, b) => a.row - b.row,
    ),
    purchaseIds: [
      ...new Set([
        ...fresh.map(({ row }) => row.id),
        // An import that was cut off may have left what it recorded unposted.
        ...sorted.known,
        ...returns.made.map(({ after }) => after.row.id),
      ]),
    ],
  };
}
