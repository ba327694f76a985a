/** So many calls of which some are under way at the same time. How long each took, in milliseconds. */
export async function atOnce(
  call: () => Promise<string>,
  times: number,
  callers: number,
): Promise<Readonly<{ answer: string; latencies: readonly number[] }>> {
  const latencies: number[] = [];
  let answer: string | null = null;
  let next = 0;
  async function caller(): Promise<void> {
    while (next < times) {
      next += 1;
      const asked = performance.now();
      const given = await call();
      latencies.push(performance.now() - asked);
      answer ??= given;
      if (given !== answer) throw new Error(`another answer to the same question: ${given}`);
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: callers }, caller));
  // Only now, so that nothing is under way any more.
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return { answer: answer ?? '', latencies };
}
