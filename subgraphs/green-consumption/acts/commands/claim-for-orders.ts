import { type EntityManager, In } from 'typeorm';
import { type Day, dayOf } from '../../../../shared/calendar.ts';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { sum } from '../../../../shared/quantities.ts';
import type { CarbonEntry } from '../../domain/carbon-entries.ts';
import { type Factor, factorVersion } from '../../domain/factors.ts';
import { savedGrams } from '../../domain/saving.ts';
import { CarbonEntries } from '../../entities/carbon-entry.ts';
import { type Behaviour, behaviourOf } from '../domain/behaviours.ts';
import { countedOf } from '../domain/caps.ts';
import { lineClaim } from '../domain/claim.ts';
import { claimAll } from './claims.ts';
import { addUse, lockUse } from './use.ts';

type Order = Readonly<{
  purchaseId: string;
  merchantId: string;
  orderNumber?: string | null | undefined;
}>;

type Write = Readonly<{ manager: EntityManager; dialect: Dialect }>;

/** What the lines of one order name of one behaviour, and no certificate says. */
type Deed = Readonly<{
  memberId: string;
  behaviour: Behaviour;
  day: Day;
  entries: readonly CarbonEntry[];
  /** Whether something of it is in the account already: then the order was counted. */
  isKnown: boolean;
}>;

/**
 * Claims the deeds of orders for the purchases that enter them, and leaves out the entries of deeds that an act has
 * claimed before: a deed is in the accounts once. What lines name counts under the caps of acts; what is above them is
 * lost. Locks as recording an act does: first what was recorded under the caps, then the claims.
 */
export async function claimForOrders(
  write: Write,
  orders: readonly Order[],
  entries: readonly CarbonEntry[],
  factors: readonly Factor[],
): Promise<CarbonEntry[]> {
  const known = await inAccount(write.manager, entries);
  const deeds = deedsIn(entries, known);
  for (const deed of deeds) await lockUse(write, deed);
  const holds = await heldBy(write, orders, entries);
  const counted = new Map<CarbonEntry, CarbonEntry | null>();
  for (const deed of deeds.filter((one) => one.entries.every(holds))) {
    for (const [entry, under] of await countUnderCaps(write, deed, factors)) {
      counted.set(entry, under);
    }
  }
  return entries.flatMap((entry) => {
    if (!holds(entry)) return [];
    const under = counted.get(entry);
    return under === undefined ? [entry] : (under ?? []);
  });
}

/** The keys of those that were entered before: an event may come more than once, and counts once. */
async function inAccount(
  manager: EntityManager,
  entries: readonly CarbonEntry[],
): Promise<ReadonlySet<string>> {
  const causes = new Set(entries.filter(isNamed).map(({ cause }) => cause));
  if (causes.size === 0) return new Set();
  const found = await manager.findBy(CarbonEntries, { cause: In([...causes]) });
  return new Set(found.flatMap((entry) => [keyOf(entry), deedOf(entry)]));
}

/** Named by a line of an order, without a certificate. */
const isNamed = ({ cause, certificateId, factorCode, grams }: CarbonEntry): boolean =>
  cause.startsWith('purchase:') &&
  certificateId === null &&
  grams > 0 &&
  behaviourOf(factorCode) !== null;

const keyOf = ({ cause, line, factorCode }: CarbonEntry): string =>
  JSON.stringify([cause, line, factorCode]);
const deedOf = ({ cause, factorCode }: CarbonEntry): string => JSON.stringify([cause, factorCode]);

/** In one order for all who lock them. */
function deedsIn(entries: readonly CarbonEntry[], known: ReadonlySet<string>): Deed[] {
  const named = entries.filter((entry) => isNamed(entry) && !known.has(keyOf(entry)));
  return [...Map.groupBy(named, deedOf)]
    .flatMap(([name, of]): Deed[] => {
      const [first] = of;
      const behaviour = first && behaviourOf(first.factorCode);
      if (first === undefined || behaviour == null) return [];
      const { memberId, occurredAt } = first;
      const day = dayOf(occurredAt);
      return [{ memberId, behaviour, day, entries: of, isKnown: known.has(name) }];
    })
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

const orderOf = ({ memberId, behaviour, day }: Deed): string =>
  `${memberId} ${behaviour.group} ${behaviour.code} ${day}`;

/**
 * Whether an order may enter what an entry says: its deed is no act's. Orders do not keep each other from it: they are different
 * ones by the books of their merchant, however alike their numbers are.
 */
async function heldBy(
  write: Write,
  orders: readonly Order[],
  entries: readonly CarbonEntry[],
): Promise<(entry: CarbonEntry) => boolean> {
  const byCause = new Map(orders.map((order) => [`purchase:${order.purchaseId}`, order]));
  const claimOf = ({ cause, factorCode }: CarbonEntry): string | null => {
    const { merchantId, orderNumber } = byCause.get(cause) ?? {};
    return merchantId && orderNumber ? lineClaim(factorCode, merchantId, orderNumber) : null;
  };
  const claims = new Map(
    entries.flatMap((entry): [string, string][] => {
      const claim = claimOf(entry);
      return claim === null ? [] : [[claim, entry.cause]];
    }),
  );
  if (claims.size === 0) return () => true;
  const holders = await claimAll(write, claims);
  return (entry) => {
    const claim = claimOf(entry);
    return claim === null || holders.get(claim)?.startsWith('purchase:') === true;
  };
}

/** What of each entry counts, line by line until the room under the caps is used up; null: nothing of it. */
async function countUnderCaps(
  write: Write,
  deed: Deed,
  factors: readonly Factor[],
): Promise<[CarbonEntry, CarbonEntry | null][]> {
  const { behaviour, entries, isKnown } = deed;
  const claimedMilli = sum(entries.map(milliOf));
  const use = await lockUse(write, deed);
  const { milli: countedMilli } = countedOf(behaviour, claimedMilli, use.under);
  if (countedMilli > 0) {
    await addUse(write, deed, { acts: isKnown ? 0 : 1, claimedMilli, countedMilli });
  }
  let left = countedMilli;
  return entries.map((entry) => {
    const pieces = Math.floor(Math.min(milliOf(entry), left) / entry.activityMilli);
    left -= pieces * entry.activityMilli;
    if (pieces === 0) return [entry, null];
    const factor = factorVersion(entry.factorCode, entry.factorVersion, factors);
    const { activityMilli } = entry;
    return [entry, { ...entry, pieces, grams: savedGrams(factor, { activityMilli, pieces }) }];
  });
}

const milliOf = ({ activityMilli, pieces }: CarbonEntry): number => activityMilli * pieces;
