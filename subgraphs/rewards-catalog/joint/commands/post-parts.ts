import { type Asking, type PointsOutcome, postAll, scopesOf } from '../../commands/post-points.ts';
import type { JointRow } from '../entities/joint.ts';
import type { PartRow } from '../entities/part.ts';

type Kind = 'HOLD' | 'CAPTURE' | 'RELEASE' | 'REFUND';

/** Sets a member's part aside. Each of her tries has a key of its own. */
export async function holdPart(
  asking: Asking,
  joint: JointRow,
  part: PartRow,
): Promise<PointsOutcome> {
  const { unit, merchantId: acceptorId, holdMinutes } = joint;
  const hold = { unit, points: part.points, acceptorId, scopes: scopesOf(joint), holdMinutes };
  const command = commandOf(part, 'HOLD', `hold:${part.tries}`, hold);
  return first(await postAll(asking, [command]));
}

/** Burns all parts. REFUSED when any of them could not be burnt: then what was is refunded by `releaseParts`. */
export async function captureParts(
  asking: Asking,
  parts: readonly PartRow[],
): Promise<PointsOutcome> {
  const outcomes = await postAll(
    asking,
    parts.map((part) => commandOf(part, 'CAPTURE', 'capture')),
  );
  return outcomes.find(({ status }) => status === 'REFUSED') ?? first(outcomes);
}

const NOTHING_LEFT = ['HOLD_EXPIRED', 'HOLD_NOT_FOUND', 'HOLD_RESOLVED'];

/**
 * Gives back what was set aside. Of a part that was burnt before another one could not be, what was burnt. Throws
 * when the ledger refuses for any reason but that all of it is back already.
 */
export async function releaseParts(
  asking: Asking,
  unit: string,
  parts: readonly PartRow[],
): Promise<PointsOutcome> {
  const released = await postAll(
    asking,
    parts.map((part) => commandOf(part, 'RELEASE', 'release')),
  );
  const resolved: PartRow[] = [];
  for (const [index, { status, code }] of released.entries()) {
    const part = parts[index];
    if (status === 'ACCEPTED' || part === undefined) continue;
    expectRefusal(part, code, NOTHING_LEFT);
    if (code === 'HOLD_RESOLVED') resolved.push(part);
  }
  const undone = await postAll(
    asking,
    resolved.map((part) => refundOf(part, 'undo', unit, part.points)),
  );
  for (const [index, { status, code }] of undone.entries()) {
    const part = resolved[index];
    if (status === 'REFUSED' && part !== undefined)
      expectRefusal(part, code, ['NOTHING_TO_REFUND']);
  }
  return { status: 'ACCEPTED', code: null, available: null, missing: null };
}

/** Gives back all that was burnt, each part to its own lots. */
export async function refundParts(
  asking: Asking,
  unit: string,
  parts: readonly PartRow[],
): Promise<PointsOutcome> {
  const outcomes = await postAll(
    asking,
    parts.map((part) => refundOf(part, 'refund', unit, part.points)),
  );
  return outcomes.find(({ status }) => status === 'REFUSED') ?? first(outcomes);
}

const refundOf = (part: PartRow, key: string, unit: string, points: number) =>
  commandOf(part, 'REFUND', key, { unit, points, refundsId: part.jointId });

const commandOf = (
  { id, jointId, memberId }: PartRow,
  kind: Kind,
  key: string,
  more: Readonly<Record<string, unknown>> = {},
) => ({
  ...{ key: `joint:${id}:${key}`, kind, walletId: memberId },
  ...(kind === 'REFUND' ? {} : { holdId: id }),
  ...{ causeKind: 'REDEMPTION', causeId: jointId },
  ...more,
});

function first([outcome]: readonly PointsOutcome[]): PointsOutcome {
  if (outcome === undefined) throw new Error('Broken invariant: a joint redemption has parts');
  return outcome;
}

function expectRefusal({ id }: PartRow, code: string | null, known: readonly string[]): void {
  if (code !== null && known.includes(code)) return;
  throw new Error(`The ledger refused to give part ${id} of a joint redemption back: ${code}`);
}
