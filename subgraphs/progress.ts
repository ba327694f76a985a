/** How often progress is shown, on a terminal and into a log, in milliseconds. */
const TERMINAL_MS = 200;
const LOG_MS = 5_000;
const WIDTH = 30;

/** A bar on a terminal, else a line now and then. `share` is between 0 and 1. */
export function progressBar(
  screen: Readonly<{ isTTY?: boolean; write: (text: string) => unknown }>,
  what: string,
) {
  const started = performance.now();
  let last = started;
  let isOpen = false;
  const show = (share: number, count: number): void => {
    const now = performance.now();
    if (now - last < (screen.isTTY ? TERMINAL_MS : LOG_MS)) return;
    last = now;
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    const perSecond = Math.round((1000 * count) / (now - started));
    const text = `${percent}, ${count} ${what}, ${perSecond} a second`;
    const full = Math.round(share * WIDTH);
    const bar = `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`;
    screen.write(screen.isTTY ? `\r${bar} ${text}\u001b[K` : `${text}\n`);
    isOpen = screen.isTTY === true;
  };
  const end = (): void => {
    if (isOpen) screen.write('\r\u001b[K');
    isOpen = false;
  };
  return { show, end };
}
