import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { JointRefusal, JointState } from './joint.ts';

type Standing = Readonly<{ state: JointState; refusal: JointRefusal | null; expiresAt: Date }>;

/** Why nobody can accept or decline any more; null: they can. */
export function whyNotOpen(
  { state, refusal, expiresAt }: Standing,
  now: Date,
): Refused<'JointNotOpen'> | null {
  if (state === 'PLACED') return refused('JointNotOpen', 'JOINT_PLACED');
  if (state === 'RELEASING' || state === 'CANCELLED') {
    return refused('JointNotOpen', refusal?.code ?? 'JOINT_EXPIRED', refusal?.parameters);
  }
  return now >= expiresAt ? refused('JointNotOpen', 'JOINT_EXPIRED') : null;
}
