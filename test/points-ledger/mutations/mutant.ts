/** A safety line, and what becomes of it. */
export type Mutant = Readonly<{
  /** What is taken away, in words. */
  line: string;
  file: string;
  /** Found exactly once in the file, and replaced. */
  find: string;
  replace: string;
  /** The file of the test that has to fail then, and some of its full name; `…` is any text. */
  test: string;
  name: string;
  /** Its test sees nothing of other such lines, unless they have the same test: they go together. */
  isApart?: boolean;
}>;

/** Lines that are taken away at once: those that are apart, one for each test, and the others each alone. */
export function bundlesOf(mutants: readonly Mutant[]): Mutant[][] {
  const bundles: Mutant[][] = [];
  for (const mutant of mutants) {
    const place = bundles.find(
      (bundle) =>
        mutant.isApart === true &&
        bundle.every(
          ({ isApart, test, name }) => isApart && test === mutant.test && name !== mutant.name,
        ),
    );
    if (place === undefined) bundles.push([mutant]);
    else place.push(mutant);
  }
  return bundles;
}

type Part = readonly [line: string, find: string, replace: string, name: string];

/** Lines of one file of the ledger that one test file of the ledger misses. */
export const mutantsIn = (file: string, test: string, parts: readonly Part[]): Mutant[] =>
  parts.map(([line, find, replace, name]) => ({
    ...{ line, find, replace, name },
    file: `subgraphs/points-ledger/${file}`,
    test: `test/points-ledger/${test}.test.ts`,
  }));
