import type { Day } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Behaviour, Cap } from '../domain/behaviours.ts';
import { dayPeriod, monthPeriod, periodOf, scopeOf, UNUSED, type Use } from '../domain/caps.ts';

type Deed = Readonly<{
  memberId: string;
  behaviour: Pick<Behaviour, 'code' | 'group'>;
  day: Day;
}>;

/** What a member has recorded under the caps of a behaviour, as it stays until the transaction ends. */
export type LockedUse = Readonly<{
  /** Of this behaviour on this day. */
  today: Use;
  under: (cap: Cap) => Use;
}>;

const TABLE = 'green_act_use';
const KEY = ['member_id', 'scope', 'period'] as const;
const COLUMNS = [...KEY, 'acts', 'claimed_milli', 'counted_milli'];

const scopesOf = ({ code, group }: Deed['behaviour']): string[] => [...new Set([code, group])];
const periodsOf = (day: Day): string[] => [dayPeriod(day), monthPeriod(day)];

/** All rows that an act counts in, in the order of their keys. */
const keysOf = ({ memberId, behaviour, day }: Deed): (readonly [string, string, string])[] =>
  scopesOf(behaviour)
    .toSorted()
    .flatMap((scope) => periodsOf(day).map((period) => [memberId, scope, period] as const));

/** Locks what a member has recorded: the first locks of a transaction. Who records for her meanwhile waits here. */
export async function lockUse(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  deed: Deed,
): Promise<LockedUse> {
  const { memberId, behaviour, day } = deed;
  // A row has to be there before it can be locked.
  await insertRows(
    manager,
    TABLE,
    COLUMNS,
    keysOf(deed).map((key) => [...key, 0, 0, 0]),
    { ending: dialect.onDuplicateKeep(KEY) },
  );
  const [scopes, periods] = [scopesOf(behaviour), periodsOf(day)];
  const rows = await manager.query<Record<string, unknown>[]>(
    `SELECT scope, period, acts, claimed_milli, counted_milli FROM ${TABLE}
     WHERE member_id = ? AND scope IN (${placeholders(scopes.length)})
       AND period IN (${placeholders(periods.length)})
     ORDER BY scope, period ${dialect.forUpdate}`,
    [memberId, ...scopes, ...periods],
  );
  const found = new Map(
    rows.map((row) => [
      `${row.scope}/${row.period}`,
      {
        acts: toSafeInteger(row.acts),
        claimedMilli: toSafeInteger(row.claimed_milli),
        countedMilli: toSafeInteger(row.counted_milli),
      },
    ]),
  );
  const useOf = (scope: string, period: string): Use => found.get(`${scope}/${period}`) ?? UNUSED;
  return {
    today: useOf(behaviour.code, dayPeriod(day)),
    under: (cap) => useOf(scopeOf(cap, behaviour), periodOf(cap, day)),
  };
}

/** Counts an act; with a minus it is taken out again. The rows are locked. */
export async function addUse(
  { manager }: Pick<Work, 'manager'>,
  { memberId, behaviour, day }: Deed,
  { acts, claimedMilli, countedMilli }: Use,
): Promise<void> {
  const [scopes, periods] = [scopesOf(behaviour), periodsOf(day)];
  await execute(
    manager,
    `UPDATE ${TABLE} SET acts = acts + ?, claimed_milli = claimed_milli + ?,
       counted_milli = counted_milli + ?
     WHERE member_id = ? AND scope IN (${placeholders(scopes.length)})
       AND period IN (${placeholders(periods.length)})`,
    [acts, claimedMilli, countedMilli, memberId, ...scopes, ...periods],
  );
}
