import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { type NotFound, notFound } from '../../../../shared/graphql/refusals.ts';
import { readHead } from '../../ledger/run-batch.ts';
import type { RemoveIssuerCoverInput } from '../../schema.generated.ts';
import { addVersion, readCover } from './cover-versions.ts';

export type IssuerCoverRemoved = Readonly<{ kind: 'IssuerCoverRemoved'; issuerId: string }>;

/**
 * Takes the cover of an issuer away: it issues points of the unit at will from now on. That there was one, and
 * until when, stays as versions. One that is set later counts what is open anew.
 */
export async function removeIssuerCover(
  work: Work,
  { issuerId, unit }: RemoveIssuerCoverInput,
): Promise<IssuerCoverRemoved | NotFound> {
  const { manager, dialect } = work;
  // The head is locked before a cover, as by every batch.
  await readHead(manager, dialect.forUpdate);
  const cover = await readCover(manager, issuerId, unit, dialect.forUpdate);
  if (cover === null) return notFound('COVER_NOT_FOUND');

  // From here on the command must succeed.
  await addVersion(work, { issuerId, unit, covered: null });
  const found = [issuerId, unit];
  await execute(manager, 'DELETE FROM points_cover WHERE issuer_id = ? AND unit = ?', found);
  await execute(manager, 'UPDATE points_chain_head SET covers = covers - 1 WHERE shard = 0');
  return { kind: 'IssuerCoverRemoved', issuerId };
}
