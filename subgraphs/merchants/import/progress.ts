import type { Locale } from '../../../shared/graphql/wording.ts';
import { sentence } from '../wording.ts';
import type { Reading } from './read-lines.ts';

type Screen = Readonly<{ isTTY?: boolean | undefined; write: (text: string) => unknown }>;

/** How often the line is written, on a terminal and into a log. */
const TERMINAL_MS = 200;
const LOG_MS = 2_000;

/** Shows how far an import is: on a terminal in one line that changes, else in a line now and then. */
export function progressLine(screen: Screen, locale: Locale) {
  const started = performance.now();
  let last = started;
  let isOpen = false;

  function show({ rows, reading }: Readonly<{ rows: number; reading: Reading }>): void {
    const now = performance.now();
    if (now - last < (screen.isTTY ? TERMINAL_MS : LOG_MS)) return;
    last = now;
    const percent = reading.total === 0 ? 0 : Math.floor((100 * reading.done) / reading.total);
    const perSecond = Math.round((1000 * rows) / (now - started));
    const text = sentence('PROGRESS', locale, { rows, percent, perSecond });
    screen.write(screen.isTTY ? `\r${text}\u001b[K` : `${text}\n`);
    isOpen = screen.isTTY === true;
  }

  return {
    show,
    /** Leaves the line, so that what comes after begins on its own. */
    end: (): void => {
      if (isOpen) screen.write('\n');
      isOpen = false;
    },
  };
}
