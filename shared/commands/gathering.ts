/**
 * Does work for many who ask at about the same time: while it is under way, those who ask gather, and are next
 * together. So a lone one does not wait, and under load one round carries many. `work` answers each item, in
 * their order; when it throws, all of that round get its error.
 */
export function gathering<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Promise<Answer>[]>,
  atOnceMax: number,
): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = [];
  let isRunning = false;

  async function settle(round: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await work(round.map(({ item }) => item));
      for (const [index, { resolve, reject }] of round.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error('each of a round is answered'));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of round) reject(error);
    }
  }

  async function drain(): Promise<void> {
    isRunning = true;
    // What is asked in the same turn of the event loop comes along.
    await Promise.resolve();
    while (queue.length > 0) await settle(queue.splice(0, atOnceMax));
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (!isRunning) void drain();
    });
}

type Waiting<Item, Answer> = Readonly<{
  item: Item;
  resolve: (answer: Promise<Answer>) => void;
  reject: (error: unknown) => void;
}>;
