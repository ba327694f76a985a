const TRIES = 20;

/**
 * Asks again when no answer came in time, as a till does: `work` has to be the same each time, with the same key. On a
 * busy machine the gateway gives up before the subgraph is done.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isOutage = /SUBGRAPH_(TIMEOUT|UNAVAILABLE)/.test(String(error));
      if (!isOutage || tries === TRIES) throw error;
    }
  }
}
