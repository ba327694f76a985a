import { dayOf, isoDay } from '../../../shared/calendar.ts';
import { hasRole, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import type { Condition } from '../../../shared/query-kit/filter.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { seesVoucherCode } from '../queries/visible.ts';
import type { Resolvers } from '../schema.generated.ts';
import { confirmCharity, endCharity, registerCharity } from './commands/register-charity.ts';
import { reportDelivery } from './commands/report-delivery.ts';
import { certificatePicture } from './domain/certificate-picture.ts';
import { certificateNumber, codeText, givenMinor } from './domain/donation.ts';
import { charitiesList } from './lists.ts';
import {
  charityOf,
  codeOf,
  type Donation,
  donationOf,
  verifiedDonation,
} from './queries/donation-of.ts';
import { openDonations } from './queries/open-donations.ts';
import { sentence } from './wording.ts';

export const donationQueries = {
  charity: async (_, { id }, { loaders, caller }) => {
    const charity = await loaders.charityById.load(id);
    return charity?.state === 'PROPOSED' && !hasRole(caller, 'OPERATOR') ? null : charity;
  },
  charities: (_, args, { database, keys, caller }) =>
    readPage(charitiesList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleCharities(caller),
    }),
  verifyDonation: (_, asked, context) => verifiedDonation(context, asked),
  async openDonations(_, { merchantId }, { database, caller, clock }) {
    if (!seesMerchant(caller, merchantId)) throw fault('FORBIDDEN');
    const beforeMs = clock.now().getTime() + 1;
    return openDonations(database.reader, { merchantId, beforeMs });
  },
} satisfies Resolvers['Query'];

export const donationMutations = {
  registerCharity: (_, { input }, { run }) => run(registerCharity, input),
  confirmCharity: (_, { input }, { run }) => run(confirmCharity, input),
  endCharity: (_, { input }, { run }) => run(endCharity, input),
  reportDelivery: (_, { input }, { run }) => run(reportDelivery, input),
} satisfies Resolvers['Mutation'];

export const donationOfRedemption = {
  donation: (redemption, _, context) => donationOf(context, redemption),
} satisfies Resolvers['Redemption'];

export const donationTypes = {
  Charity: {
    __resolveReference: ({ id }, { loaders }) => loaders.charityById.load(id),
    name: ({ nameZh, nameEn }, _, { locale }) => (locale === 'zh-CN' ? nameZh : nameEn),
    qualifiedUntil: ({ qualifiedUntil }) => isoDay(qualifiedUntil),
    totals: ({ registrationNumber }, _, { loaders }) =>
      loaders.charityTotals.load(registrationNumber),
  },
  CharityTotal: {
    donated: ({ minor, currency }) => ({ amountMinor: minor, currency }),
    delivered: ({ delivered, currency }) => ({ amountMinor: delivered, currency }),
  },
  Donation: {
    number: ({ redemption }) => certificateNumber(redemption.id),
    charity: (donation, _, context) => charityOf(context, donation),
    charityName: ({ cause }, _, { locale }) => inLanguage(cause.charity, locale),
    registrationNumber: ({ cause }) => cause.registrationNumber,
    project: ({ cause }, _, { locale }) => inLanguage(cause.project, locale),
    amount: (donation) => amountOf(donation),
    points: ({ redemption }) => redemption.points,
    unit: ({ redemption }) => redemption.unit,
    donatedAt: ({ redemption }) => redemption.completedAt ?? redemption.requestedAt,
    verificationCode: ({ redemption }, _, { caller, keys }) =>
      seesVoucherCode(caller, redemption) ? codeText(codeOf(keys, redemption.id)) : null,
    certificate: (donation, _, context) =>
      seesVoucherCode(context.caller, donation.redemption) ? pictureOf(donation, context) : null,
    delivery: async ({ redemption }, _, { loaders }) => {
      const found = await loaders.deliveryIdByRedemption.load(redemption.id);
      return found && loaders.deliveryById.load(found.deliveryId);
    },
  },
  Delivery: {
    merchant: ({ merchantId }) => ({ id: merchantId }),
    amount: ({ minor, currency }) => ({ amountMinor: minor, currency }),
    deliveredOn: ({ deliveredOn }) => isoDay(deliveredOn),
    text: ({ textZh, textEn }, _, { locale }) => (locale === 'zh-CN' ? textZh : textEn),
  },
  VerifiedDonation: {
    charityName: ({ cause }, _, { locale }) => inLanguage(cause.charity, locale),
    registrationNumber: ({ cause }) => cause.registrationNumber,
    project: ({ cause }, _, { locale }) => inLanguage(cause.project, locale),
    amount: (donation) => amountOf(donation),
    donatedAt: ({ redemption }) => redemption.completedAt ?? redemption.requestedAt,
  },
  OpenDonations: {
    charityName: ({ cause }, _, { locale }) => inLanguage(cause.charity, locale),
    registrationNumber: ({ cause }) => cause.registrationNumber,
    amount: ({ minor, currency }) => ({ amountMinor: minor, currency }),
    donations: ({ donations }) => donations.length,
    oldest: ({ donations }) => donations[0]?.at ?? missing('a donation that is open'),
  },
  CharityChanged: {
    charity: async ({ charityId }, _, { loaders }) =>
      (await loaders.charityById.load(charityId)) ?? missing('the charity of an outcome'),
  },
  DeliveryReported: {
    delivery: async ({ deliveryId }, _, { loaders }) =>
      (await loaders.deliveryById.load(deliveryId)) ?? missing('the delivery of an outcome'),
  },
} satisfies Partial<Resolvers>;

function missing(what: string): never {
  throw new Error(`Broken invariant: ${what} is missing`);
}

const inLanguage = ({ zh, en }: Readonly<{ zh: string; en: string }>, locale: Locale): string =>
  locale === 'zh-CN' ? zh : en;

const amountOf = ({ reward, redemption }: Donation) => ({
  amountMinor: givenMinor(reward, redemption),
  currency: reward.cashCurrency,
});

function pictureOf({ redemption, reward, cause }: Donation, { locale, keys }: Context): string {
  const say = (code: string, parameters: Readonly<Record<string, string | number>> = {}) =>
    sentence(code, locale, parameters);
  const { registrationNumber } = cause;
  const amount = moneyText(givenMinor(reward, redemption), reward.cashCurrency, locale);
  const at = redemption.completedAt ?? redemption.requestedAt;
  return certificatePicture({
    title: say('CERTIFICATE_TITLE'),
    lines: [
      say('CERTIFICATE_GIFT', { points: redemption.points, amount }),
      say('CERTIFICATE_CHARITY', {
        charity: inLanguage(cause.charity, locale),
        registrationNumber,
      }),
      say('CERTIFICATE_PROJECT', { project: inLanguage(cause.project, locale) }),
      say('CERTIFICATE_DAY', { day: isoDay(dayOf(at)) }),
      say('CERTIFICATE_NUMBER', { number: certificateNumber(redemption.id) }),
      say('CERTIFICATE_CODE', { code: codeText(codeOf(keys, redemption.id)) }),
    ],
    note: say('CERTIFICATE_NOTE'),
  });
}

/** Written from digits: no amount goes through a fraction. */
function moneyText(minor: number, currency: string, locale: Locale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const text = String(minor).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  // The type of `format` knows texts of digits only by their form.
  return format.format(`${whole}.${text.slice(text.length - digits) || '0'}` as `${number}`);
}

/** Everybody sees what held at some time. */
function visibleCharities(caller: Context['caller']): Condition {
  return hasRole(caller, 'OPERATOR')
    ? { sql: '(1 = 1)', parameters: {} }
    : { sql: 'row.state <> :proposed', parameters: { proposed: 'PROPOSED' } };
}
