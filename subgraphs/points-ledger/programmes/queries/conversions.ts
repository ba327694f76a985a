import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Context } from '../../context.ts';
import { type ConversionPlan, planConversion, type Rate } from '../../domain/conversion.ts';
import { findRates, rateOf } from '../../ledger/read-rates.ts';

type Row = Record<string, string>;

/** What a conversion did. */
export type ConversionView = Readonly<{
  entryId: string;
  unit: string;
  toUnit: string;
  taken: number;
  got: number;
  left: number;
  paidDebt: number;
}>;

/** What a conversion would do now, by the function that the ledger itself uses. */
export async function quoteConversion(
  { loaders, database, clock }: Pick<Context, 'loaders' | 'database' | 'clock'>,
  asked: Readonly<{ memberId: string; unit: string; toUnit: string; points: number }>,
): Promise<ConversionPlan> {
  const lots = (await loaders.lotsByWallet.load(asked.memberId)).filter(
    ({ key }) => key.unit === asked.unit,
  );
  const rates = await findRates(database.reader, [asked]);
  return planConversion(lots, asked, rates, dayOf(clock.now()));
}

/** Every version of an issuer's rates, the newest of each first. */
export async function conversionRates(reader: EntityManager, issuerId: string): Promise<Rate[]> {
  const rows = await reader.query<Row[]>(
    'SELECT * FROM points_rate WHERE issuer_id = ? ORDER BY unit, to_unit, version DESC',
    [issuerId],
  );
  return rows.map(rateOf);
}

/** A conversion as it stands in the journal. */
export async function readConversion(
  reader: EntityManager,
  entryId: string,
): Promise<ConversionView> {
  const [row] = await reader.query<Row[]>(
    `SELECT entry.unit, entry.points, entry.detail, (SELECT COALESCE(SUM(posting.amount), 0)
       FROM points_posting posting WHERE posting.seq = entry.seq AND posting.account = 'DEBT') AS paid
     FROM points_journal_entry entry WHERE entry.id = ? AND entry.kind = 'CONVERT'`,
    [entryId],
  );
  if (row === undefined) throw new Error('Broken invariant: a conversion has an entry');
  const { toUnit, got, left } = JSON.parse(String(row.detail));
  return {
    entryId,
    unit: String(row.unit),
    toUnit,
    taken: toSafeInteger(row.points),
    got,
    left,
    paidDebt: toSafeInteger(row.paid),
  };
}
