/** The only source of time. Everything that asks for the time is given one, so that tests can set it. */
export type Clock = Readonly<{ now: () => Date }>;

export const systemClock: Clock = { now: () => new Date() };
