import type { Caller } from '../shared/graphql/caller.ts';

/** Who is asking, from the `Authorization` header. Throws UNAUTHENTICATED when it is not to be believed. */
export type Identify = (authorization: string | undefined) => Promise<Caller>;
