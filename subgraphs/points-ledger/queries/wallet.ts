import { addDays, type Day, dayOf, isoDay, NEVER } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';
import type { Context } from '../context.ts';
import { compareLots, compareText, isSpendable } from '../domain/lot.ts';
import { spendable } from '../domain/spending-plan.ts';
import type { WalletLot, WalletUnit } from '../loaders.ts';

/** The unit that every merchant of the alliance accepts. */
export const ALLIANCE = 'ALLIANCE';

/** What a member has now. Lapsed lots may be in the books still, but not here. */
export type WalletView = Readonly<{
  walletId: string;
  today: Day;
  units: readonly (Omit<WalletUnit, 'walletId' | 'freezes'> & Readonly<{ frozen: number }>)[];
  lots: readonly WalletLot[];
}>;

/** The points of a member; nothing of anything for one who never had any. */
export async function readWallet(
  { loaders, clock }: Pick<Context, 'loaders' | 'clock'>,
  walletId: string,
): Promise<WalletView> {
  const today = dayOf(clock.now());
  const [units, lots] = await Promise.all([
    loaders.unitsByWallet.load(walletId),
    loaders.lotsByWallet.load(walletId),
  ]);
  const good = lots.filter(({ key }) => isSpendable(key, today));
  return {
    walletId,
    today,
    units: units.map(({ unit, pending, held, debt, freezes }) => {
      const all = spendable(
        good.filter(({ key }) => key.unit === unit),
        today,
      );
      const [available, frozen] = freezes > 0 ? [0, all] : [all, 0];
      return { unit, available, pending, held, frozen, debt };
    }),
    lots: good.toSorted(
      (a, b) => compareUnits(a.key.unit, b.key.unit) || compareLots(a.key, b.key),
    ),
  };
}

/** What lapses within so many days, by unit, issuer and day, in the order of the lots. */
export const expiringWithin = ({ lots, today }: WalletView, days: number) =>
  Map.groupBy(
    lots.filter(({ key }) => key.expiresOn <= addDays(today, days)),
    ({ key }) => `${key.unit}\n${key.issuerId}\n${key.expiresOn}`,
  )
    .values()
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              unit: first.key.unit,
              issuer: { id: first.key.issuerId },
              points: sum([first, ...others].map(({ points }) => points)),
              expiresOn: isoDay(first.key.expiresOn),
            },
          ],
    )
    .toArray();

export const unitOfView = (wallet: WalletView, unit: string) =>
  wallet.units.find((state) => state.unit === unit) ?? {
    ...{ unit, available: 0, pending: 0, held: 0, frozen: 0, debt: 0 },
  };

/** Alliance points first, then the others by name. */
const compareUnits = (a: string, b: string): number =>
  Number(b === ALLIANCE) - Number(a === ALLIANCE) || compareText(a, b);

/** The first day on which points cannot be spent, as the graph shows it: null when there is none. */
export const shownExpiry = (day: number): string | null => (day === NEVER ? null : isoDay(day));
