import { findingsOf } from '../compliance/domain/findings-of.ts';
import type { Yardstick } from './commands/publish-rule.ts';
import { ALLIANCE_NOTICE } from './domain/notice.ts';

/** What publications are measured by in the alliance. */
export const allianceYardstick: Yardstick = { notice: ALLIANCE_NOTICE, findingsOf };
