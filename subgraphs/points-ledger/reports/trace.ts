import { fault } from '../../../shared/graphql/faults.ts';
import { splitByLargestRemainder, sum } from '../../../shared/quantities.ts';
import type { Money } from '../domain/price.ts';
import { placesOf, type Strand, type TraceStep } from './attribute.ts';
import type { TraceSubject, WalletEntry } from './read-trace.ts';
import type { Connected } from './tracer.ts';

/** More than this is too much for one answer. */
export const STRANDS_MAX = 1_000;
const STEPS_MAX = 20_000;

/** A step with the entry that made it. */
export type TracedStep = TraceStep & Readonly<{ entry: WalletEntry }>;

/** A strand with what its ends say to others. It has one step or more. */
export type TracedStrand = Readonly<{
  points: number;
  source: Strand['source'];
  /** The purchase that brought them; null when it was something else. */
  purchaseId: string | null;
  steps: readonly TracedStep[];
  first: TracedStep;
  last: TracedStep;
  /** Its part of what the issuer owes the acceptor; null when nobody owes for it. */
  claim: Money | null;
}>;

/**
 * The strands through the entries of a subject, of all wallets that are connected with it. Throws BAD_USER_INPUT
 * (TRACE_TOO_LARGE) for too many.
 */
export function trace(
  { entries, strands: all }: Pick<Connected, 'entries' | 'strands'>,
  subject: TraceSubject,
): TracedStrand[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const subjects = new Set(entries.filter((entry) => isOf(entry, subject)).map(({ seq }) => seq));
  const through = all.filter(({ steps }) => steps.some(({ seq }) => subjects.has(seq)));
  const found = withConversions(through, all, bySeq);
  if (found.length > STRANDS_MAX) {
    throw fault('BAD_USER_INPUT', 'TRACE_TOO_LARGE', { max: STRANDS_MAX });
  }
  if (sum(found.map(({ steps }) => steps.length)) > STEPS_MAX) {
    throw fault('BAD_USER_INPUT', 'TRACE_TOO_LARGE', { max: STEPS_MAX });
  }
  const claims = claimsOf(all, entries);
  return found.flatMap((strand) => {
    const steps = strand.steps.flatMap((step) => {
      const entry = bySeq.get(step.seq);
      return entry === undefined ? [] : [{ ...step, entry }];
    });
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { points, source } = strand;
    const purchaseId = purchaseOf(first.entry, strand);
    return [{ points, source, purchaseId, steps, first, last, claim: claims.get(strand) ?? null }];
  });
}

/**
 * Points that were converted end with their issuer, who promises others for them in the next line of the
 * entry. What came of the strands is found by following such lines forwards, what they came of backwards.
 */
function withConversions(
  through: readonly Strand[],
  all: readonly Strand[],
  bySeq: ReadonlyMap<number, WalletEntry>,
): Strand[] {
  const isConverted = (seq: number) => bySeq.get(seq)?.kind === 'CONVERT';
  const converted = all.filter(({ bookedAt: [seq] }) => isConverted(seq));
  if (converted.length === 0) return [...through];
  const byFirstLine = Map.groupBy(converted, ({ bookedAt: [seq, line] }) => `${seq} ${line}`);
  const taken = all.filter(({ steps }) => isConverted(steps.at(-1)?.seq ?? 0));
  const byLastLine = Map.groupBy(taken, ({ steps }) => lineText(steps.at(-1), 0));
  const forwards = reached(through, ({ steps }) => byFirstLine.get(lineText(steps.at(-1), 1)));
  const backwards = reached(through, ({ bookedAt: [seq, line] }) =>
    isConverted(seq) ? byLastLine.get(`${seq} ${line - 1}`) : undefined,
  );
  return all.filter((strand) => forwards.has(strand) || backwards.has(strand));
}

const lineText = (step: TraceStep | undefined, further: number): string =>
  `${step?.seq} ${(step?.line ?? 0) + further}`;

/** All that can be reached from some strands, these included. */
function reached(
  from: readonly Strand[],
  next: (strand: Strand) => readonly Strand[] | undefined,
): Set<Strand> {
  const found = new Set(from);
  // What is added to a set while it is walked is walked too.
  for (const strand of found) for (const further of next(strand) ?? []) found.add(further);
  return found;
}

/** An accrual brings its points with its first line; another line promises points again that were owed. */
const purchaseOf = (
  { kind, causeKind, causeId }: WalletEntry,
  { bookedAt: [, line] }: Strand,
): string | null => (kind === 'ACCRUE' && causeKind === 'PURCHASE' && line === 0 ? causeId : null);

/** A purchase is also about what returns took back of it, a redemption about what was given back. */
export function isOf(entry: WalletEntry, { kind, id }: TraceSubject): boolean {
  switch (kind) {
    case 'entryId':
      return entry.id === id;
    case 'redemptionId':
      return (
        (entry.causeKind === 'REDEMPTION' && entry.causeId === id) ||
        (entry.kind === 'REFUND' && entry.reversesId === id)
      );
    case 'purchaseId':
      return (
        (entry.causeKind === 'PURCHASE' && entry.causeId === id) ||
        (entry.kind === 'REVERSE' && entry.reversesId === id)
      );
  }
}

/** What is left of the claim of each burn, divided among the strands that end there: they add up to it. */
function claimsOf(strands: readonly Strand[], entries: readonly WalletEntry[]): Map<Strand, Money> {
  const open = new Map<string, Money>();
  for (const entry of entries) {
    for (const [line, place] of placesOf(entry).entries()) {
      const claim = entry.postings[line]?.claim;
      if (claim == null) continue;
      const amountMinor = sum([open.get(place)?.amountMinor ?? 0, claim.amountMinor]);
      open.set(place, { ...claim, amountMinor });
    }
  }
  const claims = new Map<Strand, Money>();
  for (const [place, own] of Map.groupBy(strands, (strand) => strand.place)) {
    const claim = open.get(place);
    if (claim === undefined) continue;
    const parts = splitByLargestRemainder(
      // Refunds round by themselves: of a few points left there may be less than nothing owed.
      Math.max(0, claim.amountMinor),
      own.map(({ points }) => points),
    );
    for (const [index, strand] of own.entries()) {
      claims.set(strand, { ...claim, amountMinor: parts[index] ?? 0 });
    }
  }
  return claims;
}
