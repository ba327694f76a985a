import {
  checkPositive,
  checkText,
  type InvalidInput,
  invalidInput,
} from '../../../../shared/graphql/refusals.ts';
import type { RewardKind } from '../../domain/reward.ts';
import { type DetailName, detailOf, type NewSlot } from './details.ts';

type Both = Readonly<{ zh: string; en: string }>;
type Maybe<Value> = Value | null | undefined;

/** The details as a merchant states them. */
export type GivenDetails = Readonly<{
  booking?: Maybe<Readonly<{ isWithoutSlots: boolean; slots?: Maybe<readonly NewSlot[]> }>>;
  voucher?: Maybe<
    Readonly<{
      faceMinor: number;
      thresholdMinor: number;
      categories?: Maybe<readonly string[]>;
      skus?: Maybe<readonly string[]>;
    }>
  >;
  upgrade?: Maybe<Readonly<{ skus: readonly string[]; withinDays?: Maybe<number> }>>;
  billCredit?: Maybe<Readonly<{ provider: string; creditMinor: number }>>;
  dataPack?: Maybe<Readonly<{ carrier: string; plan: string; megabytes: number }>>;
  charging?: Maybe<Readonly<{ stations: readonly string[]; wattHours: number }>>;
  donation?: Maybe<
    Readonly<{
      charity: Both;
      registrationNumber: string;
      fundraisingNumber?: Maybe<string>;
      project: Both;
    }>
  >;
  tierBenefit?: Maybe<Readonly<{ percentOff: number; category?: Maybe<string> }>>;
  billOffset?: Maybe<
    Readonly<{ maxPercent: number; thresholdMinor: number; maxMinor?: Maybe<number> }>
  >;
}>;

const TEXT_MAX = 200;
const CODE_MAX = 64;
const LIST_MAX = 100;
const SLOTS_MAX = 200;
const CAPACITY_MAX = 1_000_000;
const DAYS_MAX = 3650;

/** The first thing that is wrong with what a reward of this kind says, or what it leaves out; else null. */
export function checkDetails(
  kind: RewardKind,
  given: Maybe<GivenDetails>,
  at: Date,
): InvalidInput | null {
  const details: GivenDetails = given ?? {};
  const own = detailOf(kind);
  for (const [name, value] of Object.entries(details)) {
    if (value != null && name !== own?.name) {
      return invalidInput('DETAILS_NOT_OF_KIND', `details.${name}`, { kind });
    }
  }
  if (own === null) return null;
  if (details[own.name] == null) {
    return own.isNeeded ? invalidInput('DETAILS_MISSING', `details.${own.name}`, { kind }) : null;
  }
  return checks[own.name](details, at);
}

type Check = (details: GivenDetails, at: Date) => InvalidInput | null;

/** Each looks at its own part, which is there. */
const checks: Readonly<Record<DetailName, Check>> = {
  booking: ({ booking }, at) => {
    const slots = booking?.slots ?? [];
    const isEither = booking?.isWithoutSlots === (slots.length === 0);
    if (!isEither) return invalidInput('SLOTS_OR_NONE', 'details.booking.slots');
    return checkSlots(slots, at);
  },
  voucher: ({ voucher }) =>
    checkPositive('details.voucher.faceMinor', voucher?.faceMinor ?? 0) ??
    checkNotNegative('details.voucher.thresholdMinor', voucher?.thresholdMinor ?? 0) ??
    checkNames('details.voucher.categories', voucher?.categories) ??
    checkNames('details.voucher.skus', voucher?.skus),
  upgrade: ({ upgrade }) =>
    checkNames('details.upgrade.skus', upgrade?.skus ?? []) ??
    (upgrade?.withinDays == null
      ? null
      : checkRange('details.upgrade.withinDays', upgrade.withinDays, DAYS_MAX)),
  billCredit: ({ billCredit }) =>
    checkText('details.billCredit.provider', billCredit?.provider ?? '', TEXT_MAX) ??
    checkPositive('details.billCredit.creditMinor', billCredit?.creditMinor ?? 0),
  dataPack: ({ dataPack }) =>
    checkText('details.dataPack.carrier', dataPack?.carrier ?? '', TEXT_MAX) ??
    checkText('details.dataPack.plan', dataPack?.plan ?? '', TEXT_MAX) ??
    checkPositive('details.dataPack.megabytes', dataPack?.megabytes ?? 0),
  charging: ({ charging }) =>
    checkNames('details.charging.stations', charging?.stations ?? []) ??
    checkPositive('details.charging.wattHours', charging?.wattHours ?? 0),
  donation: ({ donation }) => checkDonation(donation),
  tierBenefit: ({ tierBenefit }) =>
    checkRange('details.tierBenefit.percentOff', tierBenefit?.percentOff ?? 0, 99) ??
    (tierBenefit?.category == null
      ? null
      : checkText('details.tierBenefit.category', tierBenefit.category, CODE_MAX)),
  billOffset: ({ billOffset }) =>
    checkRange('details.billOffset.maxPercent', billOffset?.maxPercent ?? 0, 100) ??
    checkNotNegative('details.billOffset.thresholdMinor', billOffset?.thresholdMinor ?? 0),
};

function checkSlots(slots: readonly NewSlot[], at: Date): InvalidInput | null {
  const field = 'details.booking.slots';
  if (slots.length > SLOTS_MAX) return invalidInput('LIST_TOO_LONG', field, { max: SLOTS_MAX });
  for (const [index, { from, until, capacity }] of slots.entries()) {
    const at0 = `${field}.${index}`;
    if (from <= at) return invalidInput('SLOT_NOT_USABLE', `${at0}.from`);
    if (until <= from) return invalidInput('SLOT_NOT_USABLE', `${at0}.until`);
    const wrong = checkRange(`${at0}.capacity`, capacity, CAPACITY_MAX);
    if (wrong !== null) return wrong;
  }
  const starts = new Set(slots.map(({ from, until }) => `${from.getTime()} ${until.getTime()}`));
  return starts.size === slots.length ? null : invalidInput('SLOT_TWICE', field);
}

/** S40: only to a charity that is registered and may ask the public for money. */
function checkDonation(donation: GivenDetails['donation']): InvalidInput | null {
  if (donation == null) return null;
  const { charity, project, registrationNumber, fundraisingNumber } = donation;
  const field = 'details.donation';
  if (!isCreditCode(registrationNumber)) {
    return invalidInput('CHARITY_NOT_REGISTERED', `${field}.registrationNumber`);
  }
  if (fundraisingNumber == null || fundraisingNumber.trim() === '') {
    return invalidInput('CHARITY_MAY_NOT_ASK', `${field}.fundraisingNumber`);
  }
  return (
    checkText(`${field}.charity.zh`, charity.zh, TEXT_MAX) ??
    checkText(`${field}.charity.en`, charity.en, TEXT_MAX) ??
    checkText(`${field}.fundraisingNumber`, fundraisingNumber, CODE_MAX) ??
    checkText(`${field}.project.zh`, project.zh, TEXT_MAX) ??
    checkText(`${field}.project.en`, project.en, TEXT_MAX)
  );
}

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether the last sign of a unified social credit code fits the others (GB 32100). */
export function isCreditCode(code: string): boolean {
  if (code.length !== 18 || ![...code].every((sign) => SIGNS.includes(sign))) return false;
  let weight = 1;
  let total = 0;
  for (const sign of code.slice(0, 17)) {
    total += weight * SIGNS.indexOf(sign);
    weight = (weight * 3) % 31;
  }
  return SIGNS.charAt((31 - (total % 31)) % 31) === code[17];
}

/** One name at least when the list is given. */
export function checkNames(field: string, names: Maybe<readonly string[]>): InvalidInput | null {
  if (names == null) return null;
  if (names.length === 0) return invalidInput('LIST_EMPTY', field);
  if (names.length > LIST_MAX) return invalidInput('LIST_TOO_LONG', field, { max: LIST_MAX });
  for (const [index, name] of names.entries()) {
    const wrong = checkText(`${field}.${index}`, name, CODE_MAX);
    if (wrong !== null) return wrong;
  }
  return null;
}

const checkNotNegative = (field: string, value: number): InvalidInput | null =>
  value >= 0 ? null : invalidInput('AMOUNT_NEGATIVE', field);

const checkRange = (field: string, value: number, max: number): InvalidInput | null =>
  value >= 1 && value <= max ? null : invalidInput('NUMBER_OUT_OF_RANGE', field, { max });
