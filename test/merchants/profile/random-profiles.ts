import fc from 'fast-check';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import type { SegmentTerms } from '../../../subgraphs/merchants/profile/domain/segment.ts';

/** The tables of a subgraph, to look into and to fill. */
export const openTables = (databaseUrl: string, name = 'merchants'): Promise<Database> =>
  Database.open({ address: addressUnder(databaseUrl, name), entities: [], migrations: [] });

const some = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const few = fc.integer({ min: 1, max: 4 });

const anyProfile = fc.record({
  wantsMessages: fc.oneof(
    { weight: 3, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  isElsewhere: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  categories: some('dress', 'coat', 'jeans'),
  sizes: some('S', 'M'),
  colours: some('red', 'dress'),
  orders: few,
  averageMinor: few,
  isRising: fc.boolean(),
});
type AnyProfile = typeof anyProfile extends fc.Arbitrary<infer Profile> ? Profile : never;

const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 1, nil: null });
const listOf = (...values: string[]) =>
  rarely(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }));

const anyTerms: fc.Arbitrary<SegmentTerms> = fc.record({
  categories: listOf('dress', 'coat', 'jeans'),
  sizes: listOf('S', 'M'),
  colours: listOf('red', 'dress'),
  ordersAtLeast: rarely(few),
  averageAtLeastMinor: rarely(few),
  isRising: fc.boolean(),
});

/** Profiles and what a segment says of them; the first profile often has all of it. */
export const anyCase = fc
  .tuple(fc.array(anyProfile, { minLength: 1, maxLength: 8 }), anyTerms, fc.boolean())
  .map(([[first, ...others], terms, fits]) => ({
    terms,
    profiles: first === undefined ? others : [fits ? fitted(first, terms) : first, ...others],
  }));

const fitted = (profile: AnyProfile, terms: SegmentTerms): AnyProfile => ({
  ...profile,
  wantsMessages: true,
  isElsewhere: false,
  categories: [...(terms.categories ?? profile.categories)],
  sizes: [...(terms.sizes ?? profile.sizes)],
  colours: [...(terms.colours ?? profile.colours)],
  orders: Math.max(profile.orders, terms.ordersAtLeast ?? 1),
  averageMinor: Math.max(profile.averageMinor, terms.averageAtLeastMinor ?? 1),
  isRising: profile.isRising || terms.isRising,
});

/** As the README says it: all that is said holds, of a list one; here, and by who wants messages. */
export const isMeant = (profile: AnyProfile, terms: SegmentTerms): boolean => {
  const hasOne = (has: readonly string[], asked: readonly string[] | null) =>
    asked === null || asked.some((one) => has.includes(one));
  return (
    profile.wantsMessages &&
    !profile.isElsewhere &&
    hasOne(profile.categories, terms.categories) &&
    hasOne(profile.sizes, terms.sizes) &&
    hasOne(profile.colours, terms.colours) &&
    profile.orders >= (terms.ordersAtLeast ?? 0) &&
    profile.averageMinor >= (terms.averageAtLeastMinor ?? 0) &&
    (profile.isRising || !terms.isRising)
  );
};

/** Makes these the only profiles: at a merchant, or at another one. */
export async function putProfiles(
  database: Database,
  merchantId: string,
  profiles: readonly AnyProfile[],
): Promise<void> {
  const rows = profiles.map((profile, n) => ({
    ...profile,
    id: `random-${n}`,
    at: profile.isElsewhere ? 'elsewhere' : merchantId,
  }));
  await database.transaction(async (manager) => {
    for (const table of ['profile_preference', 'profile', 'profiled']) {
      await manager.query(`DELETE FROM merchants_${table}`);
    }
    await insertRows(
      manager,
      'merchants_profiled',
      ['member_id', 'wants_messages', 'due_ms'],
      rows.map(({ id, wantsMessages }) => [id, Number(wantsMessages), 0]),
    );
    await insertRows(
      manager,
      'merchants_profile',
      [
        ...['member_id', 'merchant_id', 'currency', 'orders', 'average_minor', 'recent_orders'],
        ...['recent_minor', 'earlier_orders', 'earlier_minor', 'is_rising', 'reckoned_ms'],
      ],
      rows.map(({ id, at, orders, averageMinor, isRising }) => [
        ...[id, at, 'CNY', orders, averageMinor, 0, 0, 0, 0, Number(isRising), 0],
      ]),
    );
    const kinds = { CATEGORY: 'categories', SIZE: 'sizes', COLOUR: 'colours' } as const;
    await insertRows(
      manager,
      'merchants_profile_preference',
      ['member_id', 'merchant_id', 'kind', 'preferred', 'orders'],
      rows.flatMap((row) =>
        Object.entries(kinds).flatMap(([kind, list]) =>
          row[list].map((value) => [row.id, row.at, kind, value, 2]),
        ),
      ),
    );
  });
}
