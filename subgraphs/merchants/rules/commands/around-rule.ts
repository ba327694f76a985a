import type { EntityManager } from 'typeorm';
import { In, Not } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { Programme, type ProgrammeRow } from '../../entities/programme.ts';
import { type Worsening, worsened } from '../domain/adverse.ts';
import { canMeet, overlaps, type PlacedRule } from '../domain/overlap.ts';
import type { RuleTerms } from '../domain/terms.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';

/** What stands around a version of a rule that is to be published. */
export type Around = Readonly<{
  /** The published versions of its own rule, the newest first. */
  own: readonly RuleRow[];
  /** The one of them that is in force at the moment. */
  former: RuleRow | null;
  /** Versions of the other rules of the programme that are in force, or will be. */
  others: readonly RuleRow[];
}>;

/** Reads it with the programme locked. */
export async function readAround(
  manager: EntityManager,
  { programmeId, ruleKey }: RuleRow,
  at: Date,
): Promise<Around> {
  const published = await manager.find(Rule, {
    where: { programmeId, state: 'PUBLISHED' },
    order: { version: 'DESC', id: 'ASC' },
  });
  const live = published.filter(({ endsAt }) => endsAt === null || endsAt > at);
  return {
    own: published.filter((row) => row.ruleKey === ruleKey),
    former:
      live.find(
        (row) => row.ruleKey === ruleKey && row.effectiveAt !== null && row.effectiveAt <= at,
      ) ?? null,
    others: live.filter((row) => row.ruleKey !== ruleKey),
  };
}

/** The other programmes of its merchant, with what is published there. */
export async function readElsewhere(
  manager: EntityManager,
  { merchantId, programmeId }: RuleRow,
): Promise<Readonly<{ programmes: readonly ProgrammeRow[]; versions: readonly RuleRow[] }>> {
  const programmes = await manager.findBy(Programme, { merchantId, id: Not(programmeId) });
  const versions =
    programmes.length === 0
      ? []
      : await manager.findBy(Rule, {
          programmeId: In(programmes.map(({ id }) => id)),
          state: 'PUBLISHED',
        });
  return { programmes, versions };
}

/** From when until when a version is in force. One that another may still be withdrawn from under has no end. */
const placed = ({ terms, effectiveAt, endsAt, endedBy, publishedAt }: RuleRow): PlacedRule => ({
  terms,
  from: effectiveAt ?? publishedAt ?? new Date(0),
  until: endedBy === null ? endsAt : null,
});

/** The first other rule that can be about the same line while nothing says how they stack. */
export const overlapping = (
  { others }: Around,
  terms: RuleTerms,
  effectiveAt: Date,
): RuleRow | null =>
  others.find((other) => overlaps(placed(other), { terms, from: effectiveAt, until: null })) ??
  null;

/** The rates of lower priority in whose place a rate would pay for some lines. */
const displaced = ({ others }: Around, terms: RuleTerms, effectiveAt: Date): RuleRow[] => {
  const { award } = terms;
  if (award.kind !== 'RATE') return [];
  const rule = { terms, from: effectiveAt, until: null };
  return others.filter(
    (other) =>
      other.terms.award.kind === 'RATE' &&
      other.terms.award.priority < award.priority &&
      other.terms.award.rate.currency === award.rate.currency &&
      canMeet(placed(other), rule),
  );
};

/** What a publication takes from members, and the keys of the rules of which it takes it. */
export type Taken = Readonly<{ worsenings: readonly Worsening[]; keys: readonly string[] }>;

/**
 * Compares with the version in force, and with what a rate would displace: a rate that goes before a better one
 * takes as much away as a lower one in its place.
 */
export function takenBy(around: Around, rule: RuleRow, effectiveAt: Date): Taken {
  const { former } = around;
  const { terms } = rule;
  const ofFormer = former === null ? [] : worsened(former.terms, terms, effectiveAt);
  const ofDisplaced = displaced(around, terms, effectiveAt)
    .map((other) => ({
      key: other.ruleKey,
      worsenings: worsened(other.terms, inPlaceOf(other.terms, terms), effectiveAt),
    }))
    .filter(({ worsenings }) => worsenings.length > 0);
  return {
    worsenings: [...ofFormer, ...ofDisplaced.flatMap(({ worsenings }) => worsenings)],
    keys: [...(ofFormer.length > 0 ? [rule.ruleKey] : []), ...ofDisplaced.map(({ key }) => key)],
  };
}

/** A rule as it meets the lines of another: only what it pays and how long that is good makes a difference. */
const inPlaceOf = (other: RuleTerms, terms: RuleTerms): RuleTerms => ({
  ...terms,
  award:
    terms.award.kind === 'RATE' && other.award.kind === 'RATE'
      ? { ...terms.award, priority: other.award.priority }
      : terms.award,
  condition: other.condition,
  notice: other.notice,
  policy: other.policy,
});

/** Whether at least so many members have earned by any version of these rules. */
export async function haveEarned(
  manager: EntityManager,
  keys: readonly string[],
  many: number,
): Promise<boolean> {
  if (keys.length === 0) return false;
  const versions = await manager.find(Rule, {
    where: { ruleKey: In([...keys]) },
    select: { id: true },
  });
  const ids = versions.map(({ id }) => id);
  const [row] = await manager.query<{ n: unknown }[]>(
    `SELECT COUNT(*) AS n FROM (
       SELECT purchase.member_id FROM merchants_award award
         JOIN merchants_purchase purchase ON purchase.id = award.purchase_id
         WHERE award.rule_id IN (${placeholders(ids.length)}) AND award.points > 0
       UNION SELECT member_id FROM merchants_grant
         WHERE rule_id IN (${placeholders(ids.length)}) AND points > 0 LIMIT ${many}) earned`,
    [...ids, ...ids],
  );
  return toSafeInteger(row?.n) >= many;
}
