import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../shared/calendar.ts';
import type { Work } from '../../../shared/commands/run-command.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { NO_BOUNDS, type Room } from '../rules/domain/caps.ts';
import type { EarningRule } from '../rules/domain/earning.ts';

/** Whose points of a rule are counted, and on which day she bought. */
export type CapCase = Readonly<{
  rule: Pick<EarningRule, 'ruleKey' | 'terms'>;
  memberId: string;
  purchasedAt: Date;
}>;

type CapName = keyof Room;

const OVER_ALL = '';
const ALWAYS = 0;

/** What has been given under the bounds of rules, across all versions of a rule. */
export class CapUse {
  readonly #used = new Map<string, Readonly<{ key: Key; used: number }>>();
  readonly #changed = new Set<string>();

  constructor(rows: readonly Readonly<{ key: Key; used: number }>[]) {
    for (const row of rows) this.#used.set(nameOf(row.key), row);
  }

  /** What is left under each bound of a rule. */
  roomOf({ rule, ...who }: CapCase): Room {
    const left = (cap: CapName): number | null => {
      const bound = rule.terms.caps[cap];
      if (bound === null) return null;
      const key = keyOf(cap, { rule, ...who });
      return Math.max(0, bound - (this.#used.get(nameOf(key))?.used ?? 0));
    };
    if (!isCapped(rule)) return NO_BOUNDS;
    return {
      perMemberPerDay: left('perMemberPerDay'),
      perMember: left('perMember'),
      budget: left('budget'),
    };
  }

  /** Counts points that are given, or, below 0, that came back. */
  add(one: CapCase, points: number): void {
    for (const key of keysOf(one)) {
      const name = nameOf(key);
      const used = Math.max(0, (this.#used.get(name)?.used ?? 0) + points);
      this.#used.set(name, { key, used });
      this.#changed.add(name);
    }
  }

  /** Writes what has changed in one statement. */
  async save({ manager, dialect }: Pick<Work, 'manager' | 'dialect'>): Promise<void> {
    const rows = [...this.#changed].flatMap((name) => this.#used.get(name) ?? []);
    await insertRows(
      manager,
      TABLE,
      COLUMNS,
      rows.map(({ key, used }) => [...key, used]),
      {
        ending: dialect.onDuplicateUpdate(KEY_COLUMNS, ['used']),
      },
    );
  }
}

/**
 * Locks what has been given under the bounds of rules, in the order of keys, and reads it. Nothing is asked of
 * the database when no rule is capped. The last locks that a transaction takes.
 */
export async function lockCapUse(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  cases: readonly CapCase[],
): Promise<CapUse> {
  const keys = distinctKeys(cases);
  if (keys.length === 0) return new CapUse([]);
  // A row has to be there before it can be locked.
  await insertRows(
    manager,
    TABLE,
    COLUMNS,
    keys.map((key) => [...key, 0]),
    {
      ending: dialect.onDuplicateKeep(KEY_COLUMNS),
    },
  );
  return readKeys(manager, keys, dialect.forUpdate);
}

/** What has been given under the bounds of rules, to look at it only. */
export async function readCapUse(
  reader: EntityManager,
  cases: readonly CapCase[],
): Promise<CapUse> {
  const keys = distinctKeys(cases);
  return keys.length === 0 ? new CapUse([]) : readKeys(reader, keys, '');
}

export const isCapped = ({ terms: { caps } }: CapCase['rule']): boolean =>
  caps.perMemberPerDay !== null || caps.perMember !== null || caps.budget !== null;

const TABLE = 'merchants_cap_use';
const KEY_COLUMNS = ['rule_key', 'member_id', 'on_day'] as const;
const COLUMNS = [...KEY_COLUMNS, 'used'];

type Key = readonly [ruleKey: string, memberId: string, onDay: number];

const nameOf = (key: Key): string => JSON.stringify(key);

function keyOf(cap: CapName, { rule: { ruleKey }, memberId, purchasedAt }: CapCase): Key {
  switch (cap) {
    case 'budget':
      return [ruleKey, OVER_ALL, ALWAYS];
    case 'perMember':
      return [ruleKey, memberId, ALWAYS];
    case 'perMemberPerDay':
      return [ruleKey, memberId, dayOf(purchasedAt)];
  }
}

const keysOf = (one: CapCase): Key[] =>
  (['budget', 'perMember', 'perMemberPerDay'] as const)
    .filter((cap) => one.rule.terms.caps[cap] !== null)
    .map((cap) => keyOf(cap, one));

function distinctKeys(cases: readonly CapCase[]): Key[] {
  const capped = cases.filter(({ rule }) => isCapped(rule));
  const keys = new Map(capped.flatMap(keysOf).map((key) => [nameOf(key), key]));
  return [...keys.values()].toSorted(byKey);
}

const byKey = (a: Key, b: Key): number => compare(a[0], b[0]) || compare(a[1], b[1]) || a[2] - b[2];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function readKeys(
  manager: EntityManager,
  keys: readonly Key[],
  ending: string,
): Promise<CapUse> {
  const parts = [0, 1, 2].map((part) => [...new Set(keys.map((key) => key[part]))]);
  const [ruleKeys = [], memberIds = [], days = []] = parts;
  type Row = { rule_key: string; member_id: string; on_day: unknown; used: unknown };
  const rows = await manager.query<Row[]>(
    `SELECT rule_key, member_id, on_day, used FROM ${TABLE}
     WHERE rule_key IN (${placeholders(ruleKeys.length)})
       AND member_id IN (${placeholders(memberIds.length)})
       AND on_day IN (${placeholders(days.length)})
     ORDER BY rule_key, member_id, on_day ${ending}`,
    parts.flat(),
  );
  return new CapUse(
    rows.map((row) => ({
      key: [row.rule_key, row.member_id, toSafeInteger(row.on_day)],
      used: toSafeInteger(row.used),
    })),
  );
}
