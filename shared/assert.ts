/** Stops on a state that our own code must never reach. Not for what a caller may get wrong. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${message}`);
}

/** Ends a `switch` over a closed set, so that a new member breaks the build where it is not handled. */
export function unreachable(value: never): never {
  throw new Error(`Broken invariant: unexpected ${JSON.stringify(value)}`);
}
