import { MEMBERS_MIN } from '../../../../shared/query-kit/group.ts';

/** Whether a part of some members may be told: it and the rest of them are enough, so neither gives away the few. */
export const isTellable = (part: number, all: number): boolean =>
  part >= MEMBERS_MIN && all - part >= MEMBERS_MIN;
