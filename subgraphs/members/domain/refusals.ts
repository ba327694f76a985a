import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { FAMILY_MEMBERS_MAX } from './family.ts';

export type PhoneTaken = Refused<'PhoneTaken'>;
export type InvitationNotUsable = Refused<'InvitationNotUsable'>;
export type AlreadyInFamily = Refused<'AlreadyInFamily'>;
export type NotInFamily = Refused<'NotInFamily'>;
export type FamilyFull = Refused<'FamilyFull'>;

export const memberNotFound = (): NotFound => notFound('MEMBER_NOT_FOUND');

export const phoneTaken = (): PhoneTaken => refused('PhoneTaken', 'PHONE_TAKEN');

export const invitationNotUsable = (code: string): InvitationNotUsable =>
  refused('InvitationNotUsable', code);

export const alreadyInFamily = (): AlreadyInFamily =>
  refused('AlreadyInFamily', 'ALREADY_IN_FAMILY');

/** Told only of the inviter's own family: whether somebody has another one is her own affair. */
export const alreadyInThisFamily = (): AlreadyInFamily =>
  refused('AlreadyInFamily', 'ALREADY_IN_THIS_FAMILY');

export const notInFamily = (): NotInFamily => refused('NotInFamily', 'NOT_IN_FAMILY');

export const familyFull = (): FamilyFull =>
  refused('FamilyFull', 'FAMILY_FULL', { max: FAMILY_MEMBERS_MAX });
