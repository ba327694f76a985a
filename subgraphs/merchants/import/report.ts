import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { sentence } from '../wording.ts';
import type { Problem } from './read-row.ts';
import { Unusable } from './unusable.ts';

/** Something to say about a row. The graph has worded some of them already. */
export type Finding = Problem | Readonly<{ code: string; message: string }>;

/**
 * The report of an import: a line of JSON for each row that was not recorded,
 * `{"row": 12, "orderNumber": "536365", "problems": [{"code": "NO_CUSTOMER", "message": "…"}]}`.
 */
export class Report {
  readonly #file: WriteStream;
  readonly #locale: Locale;
  readonly #rows = new Map<string, number>();
  #failure: Error | null = null;
  /** How many rows were not recorded. */
  rejected = 0;

  private constructor(file: WriteStream, locale: Locale) {
    this.#file = file;
    this.#locale = locale;
    file.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** Starts the report, in place of an earlier one. Throws Unusable when it cannot be written. */
  static async open(path: string, locale: Locale): Promise<Report> {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const file = createWriteStream(path);
      await once(file, 'open');
      return new Report(file, locale);
    } catch (error) {
      const detail = error instanceof Error ? error.message : '';
      throw new Unusable('REPORT_NOT_WRITABLE', { file: path, detail });
    }
  }

  /** Enters a row that was not recorded, with all that is wrong with it. */
  async reject(
    row: number,
    orderNumber: string | null,
    findings: readonly Finding[],
  ): Promise<void> {
    this.rejected += 1;
    const problems = findings.map((finding) => ({
      code: finding.code,
      message:
        'message' in finding
          ? finding.message
          : sentence(finding.code, this.#locale, finding.parameters),
    }));
    for (const { code } of problems) this.#rows.set(code, (this.#rows.get(code) ?? 0) + 1);
    this.#checkWritten();
    const line = `${JSON.stringify({ row, orderNumber, problems })}\n`;
    if (!this.#file.write(line)) await once(this.#file, 'drain');
  }

  /** How many rows had each problem, the most frequent first. A row with two counts in both. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#rows].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)),
    );
  }

  async close(): Promise<void> {
    this.#file.end();
    if (!this.#file.closed) await once(this.#file, 'close');
  }

  /** A disk may be full: then the import stops, because nobody would know what was left out. */
  #checkWritten(): void {
    if (this.#failure === null) return;
    const file = String(this.#file.path);
    throw new Unusable('REPORT_NOT_WRITABLE', { file, detail: this.#failure.message });
  }
}
