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
}>;
