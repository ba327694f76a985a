/**
 * What is published month by month: in `booked` a row for each thing that was booked from one instant to before another, with its place,
 * what it was, who did it and how much of it. Whose `counts` come to nothing in the month did nothing in it.
 */
export type Kind = Readonly<{
  name: 'CARBON' | 'ACTS';
  booked: string;
  counts: 'grams' | 'entries';
  /** When the first was booked. */
  first: string;
}>;

/** What was saved, by merchant. */
export const CARBON: Kind = {
  name: 'CARBON',
  booked: `SELECT merchant_id AS place, factor_code AS code, factor_version AS version, basis, member_id,
      1 AS entries, 0 AS milli, grams
    FROM green_carbon_entry WHERE booked_ms >= :from AND booked_ms < :until`,
  counts: 'grams',
  first: 'SELECT MIN(booked_ms) AS first FROM green_carbon_entry',
};

/** Acts by region: one that was revoked is taken off in the month in which it was. */
export const ACTS: Kind = {
  name: 'ACTS',
  booked: `SELECT region AS place, behaviour AS code, '' AS version, COALESCE(basis, '') AS basis, member_id,
      1 AS entries, counted_milli AS milli, grams
    FROM green_act WHERE recorded_ms >= :from AND recorded_ms < :until
    UNION ALL
    SELECT region, behaviour, '', COALESCE(basis, ''), member_id, -1, -counted_milli, -grams
    FROM green_act WHERE revoked_ms >= :from AND revoked_ms < :until`,
  counts: 'entries',
  first: 'SELECT MIN(recorded_ms) AS first FROM green_act',
};
