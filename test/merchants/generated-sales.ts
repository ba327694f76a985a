/** Sales of a record shop as its till would export them: no order numbers, columns apart by blanks. */
export type GeneratedSales = Readonly<{
  text: string;
  rows: number;
  /** Rows with an amount of 0 or less. */
  notPaid: number;
  /** Rows that are the same as an earlier one, and how many different ones. */
  repeated: Readonly<{ rows: number; patterns: number }>;
  /** What was paid in all the others, in the smallest unit, by row. */
  amounts: readonly number[];
}>;

/** The same seed makes the same sales: mulberry32. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Every 97th row was not paid, every 211th is the row before it once more. */
export function generateSales(rows: number, seed = 1): GeneratedSales {
  const random = randomFrom(seed);
  const lines: string[] = [];
  const amounts: number[] = [];
  const times = new Map<string, number>();
  let notPaid = 0;
  for (let row = 1; row <= rows; row += 1) {
    const isUnpaid = row % 97 === 0;
    const isRepeated = row % 211 === 0 && !isUnpaid;
    const line = (isRepeated && lines.at(-1)) || saleLine(random, isUnpaid);
    const amount = Math.round(Number(line.trim().split(/\s+/).at(-1)) * 100);
    if (amount > 0) amounts.push(amount);
    else notPaid += 1;
    lines.push(line);
    times.set(line, (times.get(line) ?? 0) + 1);
  }
  const repeats = [...times.values()].filter((count) => count > 1);
  return {
    text: `${lines.join('\r\n')}\r\n`,
    rows,
    notPaid,
    repeated: {
      rows: repeats.reduce((all, count) => all + count - 1, 0),
      patterns: repeats.length,
    },
    amounts,
  };
}

function saleLine(random: (below: number) => number, isUnpaid: boolean): string {
  const customer = String(1 + random(8_000)).padStart(5, '0');
  const month = String(1 + random(12)).padStart(2, '0');
  const day = String(1 + random(28)).padStart(2, '0');
  const fen = isUnpaid ? 0 : 1 + random(20_000);
  const amount = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  return ` ${customer} 2021${month}${day} ${1 + random(9)} ${amount.padStart(7)}`;
}
