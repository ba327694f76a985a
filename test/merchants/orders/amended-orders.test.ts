import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PurchaseLineRow } from '../../../subgraphs/merchants/entities/purchase-line.ts';
import { amendAwards } from '../../../subgraphs/merchants/orders/domain/amend-awards.ts';
import {
  amendedLines,
  keptMinor,
} from '../../../subgraphs/merchants/orders/domain/amended-lines.ts';
import type {
  EarningOrder,
  EarningRule,
} from '../../../subgraphs/merchants/rules/domain/earning.ts';
import { type KeptAward, revokedBy } from '../../../subgraphs/merchants/rules/domain/revoke.ts';
import { randomOrder, randomRules } from '../rules/random-rules.ts';
import { referencePoints } from '../rules/reference.ts';

type Bought = Readonly<{
  order: EarningOrder;
  lines: readonly PurchaseLineRow[];
  lastLine: number;
}>;

/** An order as it stands, with what the ledger was told of each rule in all. */
type State = Bought & Readonly<{ awards: readonly KeptAward[]; told: ReadonlyMap<string, number> }>;

const rowsOf = ({ lines }: EarningOrder): PurchaseLineRow[] =>
  lines.map((line) => ({
    ...line,
    purchaseId: 'p',
    description: null,
    certificateNumber: null,
    behaviour: null,
    usedFrom: null,
    usedUntil: null,
  }));

/** What a step does is chosen by numbers, so that any of them means something for any order. */
type Step = Readonly<{
  kind: 'RETURN' | 'CHANGE' | 'CANCEL';
  at: number;
  many: number;
  fresh: EarningOrder;
}>;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('RETURN', 'RETURN', 'CHANGE', 'CHANGE', 'CHANGE', 'CANCEL'),
  at: fc.nat(5),
  many: fc.nat(3),
  fresh: randomOrder,
});

const left = ({ quantity, returnedQuantity }: PurchaseLineRow) => quantity - returnedQuantity;

/** What is left of an order, as if nothing else had ever been bought. */
const remaining = ({ order, lines }: Bought): EarningOrder => ({
  ...order,
  lines: lines
    .filter((line) => left(line) > 0)
    .map((line) => ({
      ...line,
      quantity: left(line),
      returnedQuantity: 0,
      amountMinor: keptMinor(line),
    })),
});

type World = Readonly<{ rules: readonly EarningRule[]; room: number | null }>;

function changed(state: State, next: Bought, { rules, room }: World): State {
  const amended = amendAwards({ ...next.order, lines: next.lines }, state, rules, ({ ruleKey }) =>
    ruleKey.length % 2 === 0 ? room : null,
  );
  if (typeof amended === 'string') throw new Error(amended);
  const told = new Map(state.told);
  for (const { rule, morePoints } of amended) {
    told.set(rule.ruleKey, (told.get(rule.ruleKey) ?? 0) + morePoints);
  }
  const awards = amended.flatMap(({ rule, award }) =>
    award === null ? [] : [{ ...award, ruleId: rule.id, isLate: false }],
  );
  return { ...next, awards, told };
}

function returned(state: State, quantities: ReadonlyMap<number, number>, { rules }: World): State {
  const after = state.lines.map((line) => ({
    ...line,
    returnedQuantity: line.returnedQuantity + (quantities.get(line.number) ?? 0),
  }));
  const { currency } = state.order;
  const awards = state.awards.map((award) => ({ ...award, causeLine: null }));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const revoked = revokedBy({ currency, awards, lines: state.lines, after }, byId);
  const told = new Map(state.told);
  for (const { rule, points } of revoked) {
    told.set(rule.ruleKey, (told.get(rule.ruleKey) ?? 0) - points);
  }
  return {
    ...state,
    lines: after,
    awards: revoked.map(({ award, points }) => ({
      ...award,
      reversedPoints: award.reversedPoints + points,
    })),
    told,
  };
}

function after(state: State, { kind, at, many, fresh }: Step, world: World): State {
  const open = state.lines.filter((line) => left(line) > 0);
  const line = open[at % Math.max(1, open.length)];
  if (kind === 'CANCEL') {
    return returned(state, new Map(open.map((one) => [one.number, left(one)])), world);
  }
  if (kind === 'RETURN') {
    if (line === undefined) return state;
    return returned(state, new Map([[line.number, 1 + (many % left(line))]]), world);
  }
  const given = rowsOf(fresh).slice(0, 2);
  const change = {
    replacements:
      line === undefined ? [] : [{ number: line.number, with: many === 0 ? [] : given }],
    added: many === 3 || line === undefined ? given.slice(0, 1) : [],
  };
  const lines = amendedLines('p', state, change);
  // Only a correction says that it was another store.
  const order =
    many === 2 ? { ...state.order, storeId: fresh.storeId, channel: fresh.channel } : state.order;
  const green = lines.lines.map((one) => ({ ...one, isGreen: one.isGreen ?? false }));
  return changed(state, { order, lines: green, lastLine: lines.lastLine }, world);
}

/** What is left of an order earns, by a second calculation. */
function expected(state: State, { rules, room }: World): Map<string, number> {
  const rest = remaining(state);
  if (rest.lines.length === 0) return new Map();
  const points = [...referencePoints(rest, rules)].map(([key, earned]): [string, number] => [
    key,
    key.length % 2 === 0 && room !== null ? Math.min(earned, room) : earned,
  ]);
  return new Map(points.filter(([, earned]) => earned > 0));
}

const held = ({ awards }: State, rules: readonly EarningRule[]) =>
  new Map(
    awards
      .map(({ ruleId, points, reversedPoints }): [string, number] => [
        rules.find(({ id }) => id === ruleId)?.ruleKey ?? ruleId,
        points - reversedPoints,
      ])
      .filter(([, points]) => points > 0),
  );

test('upgrades, corrections, returns and a cancellation in any order leave exactly what the rest of the order earns', () => {
  let steps = 0;
  let paid = 0;
  fc.assert(
    fc.property(
      randomOrder,
      randomRules,
      fc.option(fc.nat(300)),
      fc.array(step, { minLength: 1, maxLength: 6 }),
      (order, rules, room, changes) => {
        const world = { rules, room };
        const lines = rowsOf(order);
        const nothing = { order, lines: [], awards: [], told: new Map(), lastLine: 0 };
        let state = changed(nothing, { order, lines, lastLine: lines.length }, world);
        for (const one of changes) {
          state = after(state, one, world);
          const rest = expected(state, world);
          expect(held(state, rules)).toEqual(rest);
          expect(new Map([...state.told].filter(([, points]) => points !== 0))).toEqual(rest);
          steps += 1;
          paid += rest.size;
        }
        const numbers = state.lines.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
      },
    ),
    { numRuns: 150 },
  );
  // Most steps leave something that earns, and the rest of the test would say nothing otherwise.
  expect(paid).toBeGreaterThan(steps / 2);
});
