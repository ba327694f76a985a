/** Who takes part: how many times the share of weight 1, and the most that can be given. */
export type Sharer = Readonly<{ memberId: string; weight: number; most: number }>;

/**
 * Shares a budget of points out by weight, exactly. Nobody gets more than she may have; what one cannot have
 * goes to the others by their weights. So all shares add up to the budget, or, when nobody can have more, to
 * what all may have together. What is left of the division goes by the largest remainder, equal ones in the
 * order of ids: the order of `sharers` makes no difference.
 */
export function shareOut(budget: number, sharers: readonly Sharer[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  // Those who are full soonest come first: once one is not, nobody after her is.
  let open = sharers.toSorted(
    (a, b) => compareFractions(a.most, a.weight, b.most, b.weight) || byId(a, b),
  );
  let left = BigInt(budget);
  let weights = open.reduce((all, { weight }) => all + BigInt(weight), 0n);
  let full = 0;
  for (const { memberId, weight, most } of open) {
    if (BigInt(most) * weights > left * BigInt(weight)) break;
    shares.set(memberId, most);
    left -= BigInt(most);
    weights -= BigInt(weight);
    full += 1;
  }
  open = open.slice(full);
  const parts = open.map(({ memberId, weight }) => {
    const product = left * BigInt(weight);
    return { memberId, part: product / weights, remainder: product % weights };
  });
  let rest = left - parts.reduce((all, { part }) => all + part, 0n);
  if (open.length === 0) rest = 0n;
  for (const { memberId, part } of parts.toSorted(byRemainder)) {
    // Below her most before, so one more is never above it.
    const extra = rest > 0n ? 1n : 0n;
    rest -= extra;
    shares.set(memberId, Number(part + extra));
  }
  return shares;
}

const compareFractions = (a: number, b: number, c: number, d: number): number => {
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

type Named = Readonly<{ memberId: string }>;

const byId = (a: Named, b: Named): number => (a.memberId < b.memberId ? -1 : 1);

type Part = Named & Readonly<{ remainder: bigint }>;

const byRemainder = (a: Part, b: Part): number =>
  a.remainder === b.remainder ? byId(a, b) : a.remainder > b.remainder ? -1 : 1;
