import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const script = join(import.meta.dirname, 'poster.ts');

/** Commands a second of so many processes together that post to the same books at the same time. */
export async function throughputOf(url: string, processes: number, commands: number) {
  const posters = Array.from({ length: processes }, () => {
    const child = spawn(process.execPath, [script, url, String(commands)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, next: async () => String((await lines.next()).value) };
  });
  await Promise.all(posters.map(({ next }) => next()));
  const ended = posters.map(async ({ child, next }) => {
    child.stdin.write('go\n');
    return Number(JSON.parse(await next()).seconds);
  });
  const seconds = Math.max(...(await Promise.all(ended)));
  return Math.round((processes * commands) / seconds);
}
