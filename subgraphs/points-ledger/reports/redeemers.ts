import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import type { Range } from './read-reports.ts';

/** Merchants under one name, such as a trade. */
export type MerchantGroup = Readonly<{ name: string; merchantIds: readonly string[] }>;

/** How many members redeemed, how many of them across groups, and from which group in which. */
export type Redeemers = Readonly<{
  members: number;
  across: number;
  flows: { earnedIn: string; redeemedIn: string; members: number }[];
}>;

/** A statement names each merchant twice, and SQLite takes 32,766 parameters. */
const MERCHANTS_MAX = 10_000;

type Row = Readonly<Record<string, unknown>>;

/**
 * Whose points were redeemed in a part of the journal, by the groups of issuer and acceptor. Points in the pool of
 * a family are those of who put them there. What was given back in that part does not count. Throws BAD_USER_INPUT
 * for too many merchants.
 */
export async function redeemersByGroup(
  reader: EntityManager,
  { afterSeq, throughSeq }: Range,
  groups: readonly MerchantGroup[],
): Promise<Redeemers> {
  if (sum(groups.map(({ merchantIds }) => merchantIds.length)) > MERCHANTS_MAX) {
    throw fault('BAD_USER_INPUT', 'QUESTION_TOO_LARGE');
  }
  const issuer = groupSql('posting.issuer_id', groups);
  const acceptor = groupSql('posting.owner_id', groups);
  const redeemed = `SELECT
      CASE WHEN posting.contributor = '' THEN entry.wallet_id ELSE posting.contributor END AS member,
      ${issuer.sql} AS earned, ${acceptor.sql} AS spent
    FROM points_posting posting JOIN points_journal_entry entry ON entry.seq = posting.seq
    WHERE posting.seq > ? AND posting.seq <= ? AND posting.account = 'REDEEMED'
    GROUP BY member, earned, spent HAVING SUM(posting.amount) > 0`;
  const parameters = [...issuer.parameters, ...acceptor.parameters, afterSeq, throughSeq];
  const [all] = await reader.query<Row[]>(
    `SELECT COUNT(DISTINCT member) AS members,
       COUNT(DISTINCT CASE WHEN earned <> spent AND earned <> '' AND spent <> '' THEN member END)
         AS across
     FROM (${redeemed}) AS redeemed`,
    parameters,
  );
  const flows = await reader.query<Row[]>(
    `SELECT earned, spent, COUNT(*) AS members FROM (${redeemed}) AS redeemed
     WHERE earned <> '' AND spent <> ''
     GROUP BY earned, spent ORDER BY members DESC, earned, spent`,
    parameters,
  );
  return {
    members: toSafeInteger(all?.members),
    across: toSafeInteger(all?.across),
    flows: flows.map(({ earned, spent, members }) => ({
      earnedIn: String(earned),
      redeemedIn: String(spent),
      members: toSafeInteger(members),
    })),
  };
}

/** The name of the group of a merchant, or empty text. */
function groupSql(column: string, groups: readonly MerchantGroup[]) {
  const filled = groups.filter(({ merchantIds }) => merchantIds.length > 0);
  const cases = filled.map(
    ({ merchantIds }) => `WHEN ${column} IN (${placeholders(merchantIds.length)}) THEN ?`,
  );
  return {
    sql: cases.length === 0 ? "''" : `CASE ${cases.join(' ')} ELSE '' END`,
    parameters: filled.flatMap(({ name, merchantIds }) => [...merchantIds, name]),
  };
}
