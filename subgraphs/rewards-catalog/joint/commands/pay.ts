import type { Hands } from '../../commands/advance-redemption.ts';
import {
  type Asking,
  captureHold as captureOwn,
  type PointsOutcome,
  refundAll as refundOwn,
  releaseHold as releaseOwn,
} from '../../commands/post-points.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import { partsOf } from './lock-joint.ts';
import { captureParts, refundParts, releaseParts } from './post-parts.ts';

type Paying = Asking & Pick<Hands, 'frame'>;

const partsFor = ({ frame }: Paying, { id }: RedemptionRow) => partsOf(frame.database.reader, id);

/** Burns what was set aside, by whomever. */
export const captureHold = async (
  paying: Paying,
  redemption: RedemptionRow,
): Promise<PointsOutcome> =>
  redemption.payment === 'JOINT'
    ? captureParts(paying, await partsFor(paying, redemption))
    : captureOwn(paying, redemption);

/** Gives back what was set aside, to whomever. */
export const releaseHold = async (
  paying: Paying,
  redemption: RedemptionRow,
): Promise<PointsOutcome> =>
  redemption.payment === 'JOINT'
    ? releaseParts(paying, redemption.unit, await partsFor(paying, redemption))
    : releaseOwn(paying, redemption);

/** Gives back what was burnt, to whomever. */
export const refundAll = async (
  paying: Paying,
  redemption: RedemptionRow,
): Promise<PointsOutcome> =>
  redemption.payment === 'JOINT'
    ? refundParts(paying, redemption.unit, await partsFor(paying, redemption))
    : refundOwn(paying, redemption);
