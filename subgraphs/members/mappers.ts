/** From which row each type of the contract is resolved. Read by `npm run generate`. */
import type { Page } from '../../shared/query-kit/list.ts';
import type { FamilyJoined } from './commands/accept-family-invitation.ts';
import type { FamilyCreated } from './commands/create-family.ts';
import type { ConsentGranted } from './commands/grant-consent.ts';
import type { FamilyInvitationSent } from './commands/invite-to-family.ts';
import type { FamilyLeft } from './commands/leave-family.ts';
import type { MemberRegistered } from './commands/register-member.ts';
import type { ConsentWithdrawn } from './commands/withdraw-consent.ts';
import type {
  AlreadyInFamily,
  FamilyFull,
  InvitationNotUsable,
  NotInFamily,
  PhoneTaken,
} from './domain/refusals.ts';
import type { Tier } from './domain/tiers.ts';
import type { ConsentRow } from './entities/consent.ts';
import type { FamilyRow, InvitationRow } from './entities/family.ts';
import type { MemberRow } from './entities/member.ts';

export type MemberMapper = MemberRow;
export type MemberConnectionMapper = Page<MemberRow>;
export type TierMapper = Tier;
export type ConsentMapper = ConsentRow;
export type FamilyMapper = FamilyRow;
export type FamilyInvitationMapper = InvitationRow;

export type MemberRegisteredMapper = MemberRegistered;
export type ConsentGrantedMapper = ConsentGranted;
export type ConsentWithdrawnMapper = ConsentWithdrawn;
export type FamilyCreatedMapper = FamilyCreated;
export type FamilyInvitationSentMapper = FamilyInvitationSent;
export type FamilyJoinedMapper = FamilyJoined;
export type FamilyLeftMapper = FamilyLeft;

export type PhoneTakenMapper = PhoneTaken;
export type InvitationNotUsableMapper = InvitationNotUsable;
export type AlreadyInFamilyMapper = AlreadyInFamily;
export type NotInFamilyMapper = NotInFamily;
export type FamilyFullMapper = FamilyFull;
