import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { elsewhereOf } from '../../compliance/domain/elsewhere.ts';
import type { Finding, RuleSubject } from '../../compliance/domain/finding.ts';
import { areBlocking } from '../../compliance/domain/findings-of.ts';
import { type NotLawful, notLawful } from '../../compliance/domain/not-lawful.ts';
import { settled } from '../../compliance/domain/settled.ts';
import { type UnitWorth, worthOf } from '../../compliance/domain/worth.ts';
import { overriddenChecks } from '../../compliance/queries/overrides.ts';
import { keepDisclosures } from '../../disclosure/commands/keep-disclosures.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Programme } from '../../entities/programme.ts';
import type { PublishAccrualRuleInput } from '../../schema.generated.ts';
import { industryFactsOf } from '../../standing/queries/industry-facts.ts';
import { earliestEffect, type NoticePolicy, noticeDays } from '../domain/notice.ts';
import { rulePublished } from '../domain/rule-events.ts';
import { ownOf, ruleSubject } from '../domain/rule-subject.ts';
import { isOver } from '../domain/terms-defect.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';
import {
  type Around,
  haveEarned,
  overlapping,
  readAround,
  readElsewhere,
  takenBy,
} from './around-rule.ts';
import { lockRule, noticeTooShort, notReady, secondPersonNeeded } from './lock.ts';

export type AccrualRulePublished = Readonly<{ kind: 'AccrualRulePublished'; ruleId: string }>;

/** What a publication is measured by, beside its own terms. */
export type Yardstick = Readonly<{
  notice: NoticePolicy;
  findingsOf: (subject: RuleSubject) => readonly Finding[];
}>;

type PublishOutcome =
  | AccrualRulePublished
  | Refused<'SecondPersonNeeded'>
  | Refused<'RuleNotReady'>
  | Refused<'MerchantNotActive'>
  | Refused<'NoticeTooShort'>
  | Refused<'RuleOverlaps'>
  | NotLawful
  | NotFound
  | InvalidInput;

/** The most that rewards give for points of the programme's unit; null: the catalogue did not say. */
type Worths = readonly UnitWorth[] | null;

/** Makes a reviewed version public and fixes from when on it holds. The version before ends at that instant. */
export const publishAccrualRuleOf = (yardstick: Yardstick, worths: Worths) =>
  async function publishAccrualRule(
    work: Work,
    input: PublishAccrualRuleInput,
  ): Promise<PublishOutcome> {
    const { manager, at, caller } = work;
    const rule = await lockRule(work, input.ruleId);
    if (rule === null) return notFound('RULE_NOT_FOUND');
    if (rule.state !== 'REVIEWED') return notReady('RULE_NOT_REVIEWED');
    if (rule.draftedBy === caller.subject) return secondPersonNeeded();
    const merchant = await manager.findOneByOrFail(Merchant, { id: rule.merchantId });
    if (merchant.status !== 'ACTIVE') return refused('MerchantNotActive', 'MERCHANT_NOT_ACTIVE');
    const around = await readAround(manager, rule, at);
    const timed =
      refuseOrder(around, rule, at) ?? (await timing(work, rule, around, input, yardstick));
    if ('kind' in timed) return timed;
    const other = overlapping(around, rule.terms, timed.effectiveAt);
    if (other !== null) return ruleOverlaps(other);
    const { effectiveAt } = timed;
    if (isOver(rule.terms, effectiveAt)) return invalidInput('WINDOW_OVER', 'effectiveAt');
    const programme = await manager.findOneByOrFail(Programme, { id: rule.programmeId });
    const previous = around.former?.terms ?? null;
    const beside = around.others.map(({ terms }) => terms);
    const others = await readElsewhere(manager, rule);
    // What a point is worth at most decides whether the rebate is lawful: it is not guessed.
    if (worths === null) throw fault('SUBGRAPH_UNAVAILABLE', 'CATALOGUE_UNREACHABLE');
    const own = ownOf(rule);
    const worth = worthOf(worths, { unit: programme.unit, currency: merchant.currency, own });
    const facts = await industryFactsOf(manager, [merchant.id]);
    const elsewhere = elsewhereOf(
      { merchant, programmeId: programme.id, programmes: others.programmes },
      others.versions,
      { at, worths },
    );
    const timedAt = { publishedAt: at, effectiveAt };
    const found = yardstick.findingsOf(
      ruleSubject({
        rule,
        merchant,
        programme,
        facts,
        worth,
        previous,
        beside,
        elsewhere,
        ...timedAt,
      }),
    );
    const findings = settled(found, await overriddenChecks(manager, rule.id));
    if (areBlocking(findings)) return notLawful(findings);

    // From here on the command must succeed.
    await publish(work, rule, around, timed);
    return { kind: 'AccrualRulePublished', ruleId: rule.id };
  };

/** One version of a rule at a time is under way, and they follow each other. */
function refuseOrder(
  { own }: Around,
  { version }: RuleRow,
  at: Date,
): Refused<'RuleNotReady'> | null {
  const pending = own.find(({ effectiveAt }) => effectiveAt !== null && effectiveAt > at);
  if (pending !== undefined) return notReady('RULE_VERSION_PENDING', { version: pending.version });
  const newer = own.find((row) => row.version > version);
  return newer === undefined ? null : notReady('RULE_VERSION_OLD', { version: newer.version });
}

type Timing = Readonly<{ effectiveAt: Date; commentUntil: Date | null }>;

/** From when on it holds; or why not from then on. */
async function timing(
  { manager, at }: Work,
  rule: RuleRow,
  around: Around,
  input: PublishAccrualRuleInput,
  { notice }: Yardstick,
): Promise<Timing | InvalidInput | Refused<'NoticeTooShort'>> {
  const { effectiveAt: asked = null, commentUntil = null } = input;
  if (commentUntil !== null && commentUntil <= at) {
    return invalidInput('COMMENT_UNTIL_IN_PAST', 'commentUntil');
  }
  if (asked !== null && asked < at) return invalidInput('EFFECTIVE_IN_PAST', 'effectiveAt');
  const from = commentUntil ?? at;
  const { worsenings, keys } = takenBy(around, rule, asked ?? from);
  const isAdverse = worsenings.length > 0;
  const days = noticeDays(
    {
      kind: around.former === null && !isAdverse ? 'FIRST' : 'CHANGE',
      isAdverse,
      concernsMany: await haveEarned(manager, keys, notice.many),
    },
    notice,
  );
  const earliest = earliestEffect(from, days);
  // The end of the version before was announced by itself: until then it is promised.
  const promised = around.former?.endsAt ?? earliest;
  const effectiveAt = asked ?? (promised > earliest ? promised : earliest);
  if (effectiveAt < earliest) return noticeTooShort(earliest, days);
  return effectiveAt < promised
    ? invalidInput('RULE_ENDS_BEFORE', 'effectiveAt')
    : { effectiveAt, commentUntil };
}

const ruleOverlaps = ({ id, terms }: RuleRow): Refused<'RuleOverlaps'> =>
  refused('RuleOverlaps', 'RULE_OVERLAPS', {
    otherRuleId: id,
    title: terms.title.zh,
    titleEn: terms.title.en,
  });

async function publish(
  work: Work,
  rule: RuleRow,
  { former }: Around,
  { effectiveAt, commentUntil }: Timing,
): Promise<void> {
  const { manager, at, caller } = work;
  const published: RuleRow = {
    ...rule,
    state: 'PUBLISHED',
    publishedBy: caller.subject,
    publishedAt: at,
    commentUntil,
    effectiveAt,
  };
  const { state, publishedBy, publishedAt } = published;
  await manager.update(Rule, rule.id, {
    state,
    publishedBy,
    publishedAt,
    commentUntil,
    effectiveAt,
  });
  if (former !== null && former.endsAt === null) {
    assert(effectiveAt > at, 'a change of what is in force has notice');
    await manager.update(Rule, former.id, { endsAt: effectiveAt, endedBy: rule.id });
  }
  await keepDisclosures(work, published);
  await appendEvents(manager, at, [rulePublished(published)]);
}
