/** A stretch of time from an instant, included, to another one, excluded. In milliseconds since 1970. */
export type Span = Readonly<{ from: number; until: number }>;

const isLong = ({ from, until }: Span): boolean => from < until;

/** The same time with what overlaps or touches put together, in order. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.filter(isLong).toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || span.from > last.until) joined.push(span);
    else joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
  }
  return joined;
}

/** What lies in both. Each is in order and without overlaps, as `union` answers them. */
export const intersection = (some: readonly Span[], others: readonly Span[]): Span[] =>
  union(
    some.flatMap((one) =>
      others.map((other) => ({
        from: Math.max(one.from, other.from),
        until: Math.min(one.until, other.until),
      })),
    ),
  );

/** What is left of the first when the second is taken out. */
export const without = (some: readonly Span[], taken: readonly Span[]): Span[] =>
  taken.reduce<Span[]>(
    (left, hole) =>
      left.flatMap((span) =>
        [
          { from: span.from, until: Math.min(span.until, hole.from) },
          { from: Math.max(span.from, hole.until), until: span.until },
        ].filter(isLong),
      ),
    union(some),
  );
