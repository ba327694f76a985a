import { dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { isDuplicateKey } from '../../../../shared/database/errors.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
} from '../../../../shared/graphql/refusals.ts';
import { behaviourOf } from '../../acts/domain/behaviours.ts';
import { type Factor, isBehaviour } from '../../domain/factors.ts';
import { type CertificateTaken, certificateTaken } from '../../domain/refusals.ts';
import { readFactors } from '../../factors/queries/read-factors.ts';
import {
  type CertificateNotConfirmed,
  type PlatformCertificate,
  refuseUnconfirmed,
} from '../domain/platform.ts';
import { refuseScope, scopeRows } from '../domain/scope.ts';
import { Certificate, type CertificateRow } from '../entities/certificate.ts';

/** Nobody has revoked it. */
const GOOD = { revokedFrom: null, revokedReason: null, revokedBy: null, revokedAt: null };

/** A million units, such as kWh, for one piece: more is a slip of the unit. */
const ACTIVITY_MILLI_MAX = 1_000_000_000;

export type RegisterGreenCertificate = Readonly<{
  idempotencyKey: string;
  number: string;
  label: CertificateRow['label'];
  body: string;
  merchantId: string;
  /** `YYYY-MM-DD`, the last one included. */
  validFrom: string;
  validUntil: string;
  skus: readonly string[];
  rewardIds: readonly string[];
  behaviour?: string | null | undefined;
  activityMilli?: number | null | undefined;
}>;

export type GreenCertificateRegistered = Readonly<{
  kind: 'GreenCertificateRegistered';
  certificateId: string;
}>;

type Outcome =
  | GreenCertificateRegistered
  | CertificateTaken
  | CertificateNotConfirmed
  | InvalidInput;

/** What others said just before. */
export type Asked = Readonly<{
  /** The certification platform of the certificate; `undefined` where there is none. */
  record: PlatformCertificate | null | undefined;
  /** Whether the merchant is there … */
  isMerchant: boolean;
  /** … and of which merchants the rewards are, in their order; null: there is no such reward. */
  owners: readonly (string | null)[];
}>;

export const NOTHING_ASKED: Asked = { record: undefined, isMerchant: true, owners: [] };

/** Registers a certificate with its scope and, where a factor is known, what a piece stands for. */
export const registerGreenCertificateOf = ({ record, isMerchant, owners }: Asked) =>
  // The frame scopes keys by the name of the function.
  async function registerGreenCertificate(
    { manager, newId, at }: Work,
    input: RegisterGreenCertificate,
  ): Promise<Outcome> {
    const unusable = refuseCertificate(input) ?? refuseActivity(input, await readFactors(manager));
    if (unusable !== null) return unusable;
    const { number, label, body, merchantId, behaviour = null, activityMilli = null } = input;
    const days = {
      validFrom: parseIsoDay(input.validFrom),
      validUntil: parseIsoDay(input.validUntil),
    };
    if (!isMerchant) return invalidInput('MERCHANT_NOT_FOUND', 'merchantId');
    const foreign = owners.findIndex((owner) => owner !== merchantId);
    if (foreign >= 0) return invalidInput('REWARD_NOT_OF_MERCHANT', `rewardIds.${foreign}`);
    const unconfirmed = refuseUnconfirmed({ number, label, body, ...days }, record, dayOf(at));
    if (unconfirmed !== null) return unconfirmed;
    if (await manager.existsBy(Certificate, { number })) return certificateTaken(number);

    // From here on the command must succeed, unless somebody registers the same number meanwhile.
    const id = newId();
    const named = { id, number, label, body, merchantId, ...days };
    try {
      await manager.insert(Certificate, {
        ...named,
        behaviour,
        activityMilli,
        registeredAt: at,
        listedAt: record == null ? null : at,
        ...GOOD,
      });
    } catch (error) {
      // Nothing else was written, so the unique index is the lock: its loser is refused like a latecomer.
      if (isDuplicateKey(error)) return certificateTaken(number);
      throw error;
    }
    await insertRows(
      manager,
      'green_certificate_scope',
      ['certificate_id', 'kind', 'target'],
      scopeRows(id, input),
    );
    return { kind: 'GreenCertificateRegistered', certificateId: id };
  };

/** What is wrong with it by itself. */
export function refuseCertificate(input: RegisterGreenCertificate): InvalidInput | null {
  const isReversed = parseIsoDay(input.validUntil) < parseIsoDay(input.validFrom);
  return (
    refuseTexts(input) ??
    refuseScope(input) ??
    (isReversed ? invalidInput('DATES_REVERSED', 'validUntil') : null)
  );
}

const refuseTexts = (input: RegisterGreenCertificate): InvalidInput | null =>
  checkKey('number', input.number, 64) ??
  checkText('body', input.body, 200) ??
  checkKey('merchantId', input.merchantId, 64);

/** A behaviour and how much of it belong together: one without the other says nothing. */
function refuseActivity(
  input: RegisterGreenCertificate,
  factors: readonly Factor[],
): InvalidInput | null {
  const { behaviour = null, activityMilli = null } = input;
  if (behaviour !== null && !isBehaviour(behaviour, factors)) {
    return invalidInput('BEHAVIOUR_UNKNOWN', 'behaviour', { behaviour });
  }
  if (factors.some(({ code, counted }) => code === behaviour && counted === 'ORDER')) {
    return invalidInput('BEHAVIOUR_OF_ORDERS', 'behaviour', { behaviour: behaviour ?? '' });
  }
  if ((behaviour === null) !== (activityMilli === null)) {
    return invalidInput('ACTIVITY_INCOMPLETE', behaviour === null ? 'behaviour' : 'activityMilli');
  }
  const most = behaviourOf(behaviour ?? '')?.mostPerDayMilli ?? ACTIVITY_MILLI_MAX;
  if (activityMilli !== null && (activityMilli < 1 || activityMilli > most)) {
    return invalidInput('ACTIVITY_NOT_USABLE', 'activityMilli', { max: most });
  }
  return null;
}
