/** Something that happened, for the other subgraphs. The payload is plain JSON and never changes. */
export type NewEvent = Readonly<{ kind: string; payload: unknown }>;
