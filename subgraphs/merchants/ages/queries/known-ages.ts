import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { AgeCheck, type AgeCheckRow } from '../entities/age-check.ts';

/** How old members are at least, as a merchant has seen it; null: it has seen nothing. */
export type KnownAges = (merchantId: string, memberId: string) => number | null;

/** Where no programme asks for an age, none has to be known. */
export const NO_AGES: KnownAges = () => null;

type Asked = Readonly<{ merchantId: string; memberId: string }>;

const keyOf = ({ merchantId, memberId }: Asked): string => JSON.stringify([merchantId, memberId]);

/** What merchants had seen until an instant. One statement, and none for nobody. */
export async function knownAges(
  reader: EntityManager,
  asked: readonly Asked[],
  at: Date,
): Promise<KnownAges> {
  if (asked.length === 0) return NO_AGES;
  const checks = await latestChecks(reader, asked, at);
  return (merchantId, memberId) => checks.get(keyOf({ merchantId, memberId }))?.years ?? null;
}

/** The check that holds for one member at one merchant, or null. */
export const latestCheck = async (
  reader: EntityManager,
  asked: Asked,
  at: Date,
): Promise<AgeCheckRow | null> =>
  (await latestChecks(reader, [asked], at)).get(keyOf(asked)) ?? null;

async function latestChecks(
  reader: EntityManager,
  asked: readonly Asked[],
  at: Date,
): Promise<ReadonlyMap<string, AgeCheckRow>> {
  const rows = await reader.find(AgeCheck, {
    where: {
      merchantId: In([...new Set(asked.map(({ merchantId }) => merchantId))]),
      memberId: In([...new Set(asked.map(({ memberId }) => memberId))]),
      checkedAt: LessThanOrEqual(at),
    },
    order: { checkedAt: 'ASC', id: 'ASC' },
  });
  const latest = new Map(rows.map((row) => [keyOf(row), row]));
  return new Map([...latest].filter(([, { years }]) => years > 0));
}
