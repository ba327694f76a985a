import type { Wording } from '../../shared/graphql/wording.ts';
import { actWording } from './acts/wording.ts';
import { certificateWording } from './certificates/wording.ts';
import { factorWording } from './factors/wording.ts';
import { reportWording } from './report/wording.ts';

/** The sentences of this subgraph's refusals. */
export const wording: Wording = {
  ...actWording,
  ...reportWording,
  ...certificateWording,
  ...factorWording,
};
